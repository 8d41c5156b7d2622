"""The telephone as a channel: an exchange posts signed events of its calls."""
