"""A chat-style desktop client for text messages through Kandy CPaaS."""

__version__ = "0.1.0"
