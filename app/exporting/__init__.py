"""What can be taken away of a network: a catalogue of targets, and the one writer. Without Qt."""
