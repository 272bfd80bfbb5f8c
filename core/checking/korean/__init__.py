"""Korean as an engineer writes it: register, particles, the glossary, empty phrases, and the gate before anything
leaves."""
