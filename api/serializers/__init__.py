"""What goes in and what comes out, as JSON."""
