class BackupError(Exception):
    """What is wrong, in Dutch, for who runs the command."""
