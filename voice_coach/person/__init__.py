"""What is known of the person: values folded from the log, and the questions that ask for them. Nothing is read."""
