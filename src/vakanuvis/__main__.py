"""`python -m vakanuvis`: the command line."""

from vakanuvis.cli import main

main()
