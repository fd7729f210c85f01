"""What comes in: notifications, history, receipts, and the numbers that they come to."""
