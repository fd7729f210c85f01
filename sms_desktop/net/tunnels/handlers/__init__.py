"""One module for each kind of tunnel, which carries its own instructions."""
