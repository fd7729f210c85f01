"""What stands in the windows' place while they are locked, and what locks them."""
