"""The use cases, plain asyncio: sending, receiving, catching up; no Qt, no SQL, no sockets."""
