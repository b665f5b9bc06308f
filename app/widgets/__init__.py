"""Widgets that edit values, made from the parameters they stand for."""
