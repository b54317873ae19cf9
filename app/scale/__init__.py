"""Adapters to Ray, for more than one machine."""
