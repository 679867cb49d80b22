"""The reader on the terminal: app, screens and widgets over a pure model of rows."""
