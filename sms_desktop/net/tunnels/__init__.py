"""Ways in: how Kandy's notifications get from the internet to the listener on this computer."""
