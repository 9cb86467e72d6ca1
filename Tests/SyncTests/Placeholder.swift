// First file of these tests.
