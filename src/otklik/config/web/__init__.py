"""Serving: one ASGI application; pages run as WSGI in a few threads, streams as ASGI, files without Django."""
