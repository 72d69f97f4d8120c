"""What every room stands on: the clock, hours, words, components and middleware. No models of the domain."""
