"""Mounting an application on another and serving two side by side."""
