"""Sockets: the Kandy client, the webhook listener, channels and tunnels."""
