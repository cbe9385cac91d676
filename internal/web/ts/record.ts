// The form of a record: photos sent ahead, and where one stands.
import { locate } from "./lib/locate";
import { photos } from "./lib/photos";

photos();
locate();
