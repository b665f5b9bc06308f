"""What a network is: pure values and rules, without Qt and without torch."""
