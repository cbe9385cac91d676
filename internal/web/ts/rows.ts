// A form with tables: more lines without asking the server, and the sketch map.
import { rows } from "./lib/rows";
import { sketch } from "./lib/sketch";

rows();
sketch();
