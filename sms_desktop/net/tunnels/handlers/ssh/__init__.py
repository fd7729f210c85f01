"""A remote forward over SSH: to a server of the person's own, or to localhost.run."""
