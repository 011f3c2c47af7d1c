"""The command line: one command a file, each loaded only when it is asked for."""


def main() -> None:
    """Run the command line.

    The exit code is 0 (a draw, or done), 1 (the answer is no), 2 (the input cannot be used) or
    3 (undecided within the limits).
    """
    import atexit
    import gc

    # A run is short: collecting while modules are imported, and at the end, is a tenth of it.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
    try:
        from hikiwake.cli.app import run
    except KeyboardInterrupt:  # before there is anything that could tell it
        raise SystemExit(130) from None

    run()
