"""One session for each signed-in account, and how all of them stand."""
