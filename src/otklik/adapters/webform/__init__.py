"""The request form of the portal as a channel: what was filled in there becomes a message like a letter."""
