"""The keepers of secrets, one module each."""
