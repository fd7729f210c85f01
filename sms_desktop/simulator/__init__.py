"""A faithful Kandy server over real HTTP, with a phone on the other end."""
