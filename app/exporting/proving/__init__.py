"""Whether what was exported computes what the network computes, found out by running it."""
