"""The ways in: webhook through a tunnel, websocket, and what keeps them honest."""
