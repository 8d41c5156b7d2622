"""What is written as a draft and never changes once somebody is asked or judged by it: versions and their parts."""
