package account

// What a browser session holds, all of it whole numbers.
const (
	SessionAccount = "account" // whose it is
	SessionEpoch   = "epoch"   // the account's epoch when it began
	SessionSeen    = "seen"    // when it was last used, in Unix seconds, give or take some minutes
)
