"""What a trained model has learnt: its mistakes, its samples, and the model tried."""
