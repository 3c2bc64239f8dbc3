import fc from 'fast-check';

// The same tries for every mutant, and none to find a smaller counterexample: that it is killed is all one wants to know.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1, endOnFailure: true });
