"""Vakanüvis reads political news and keeps a chronicle that can be checked."""
