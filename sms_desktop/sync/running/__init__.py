"""What every use case stands on: tasks, waits, telling."""
