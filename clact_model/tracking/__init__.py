"""What follows a decision: conventions, payments, deadlines, each call's by its own file."""
