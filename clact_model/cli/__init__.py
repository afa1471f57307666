"""The command line: the same functions as the screens, under French verbs."""
