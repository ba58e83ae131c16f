"""The demo corpus, written for the project, with its gold: see README.md beside this file."""
