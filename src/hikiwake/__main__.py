"""``python -m hikiwake``: the same as the command ``hikiwake``."""

from hikiwake.cli import main

if __name__ == "__main__":
    main()
