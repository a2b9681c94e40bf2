"""Lets ``python -m aljabr`` do what the command does."""

from aljabr.cli import main

if __name__ == "__main__":
    main()
