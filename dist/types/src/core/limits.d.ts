/**
 * The limits of a run, each with its number, its reason and its effect. Over a limit means unknown, counted, said aloud.
 * What bounds a single function, or a single format, stands beside that.
 */
export declare const limits: {
    /** Nesting of syntax, data and values. Honest files stay below 60; V8's default stack carries 1,500 of our frames. */
    readonly depth: 200;
    /** Bytes of one source file. The largest honest template measured has 9 MB. Over it the file is not read. */
    readonly fileBytes: 50000000;
    /** Bytes of one JSON file: a plan of some thousand resources has 100 MB, and most of it is only looked at. */
    readonly jsonBytes: 250000000;
    /** Bytes of a configuration. One that names every user of a large account has 200,000. Over it the file is not read. */
    readonly configurationBytes: 1000000;
    /** Directory entries of one run, so that a mounted volume does not hang a hook. Over it the rest is not listed. */
    readonly entries: 500000;
    /** Evaluation steps of one unit: some seconds and half a gigabyte. Over it every further expression is unknown. */
    readonly steps: 3000000;
    /**
     * Expressions that wait for each other: a chain of locals and outputs, with the nesting of each. Honest ones stay below
     * 60; V8's default stack carries 400 of the costliest kind, resources that are repeated over each other.
     */
    readonly evaluationDepth: 300;
    /** Values inside one evaluated value, one that stands in two places counted twice, and pieces of one string. */
    readonly valueSize: 200000;
    /** Characters of one evaluated string. Over it the string is unknown. */
    readonly textLength: 5000000;
    /** Items of one evaluated list or map, `range()` and instances of one resource. Over it there is a rest. */
    readonly items: 50000;
    /** Values of one choice. Over it the choice is unknown. */
    readonly options: 32;
    /**
     * Guards of which any may hold. Time would not be linear, and reports could not name them. Over it they are one condition,
     * which correlates with itself only, or it is not known whether any holds.
     */
    readonly alternatives: 64;
    /** Characters that are read again for blanks that YAML 1.2 asks for and CloudFormation does not. Over it the file is not valid. */
    readonly yamlReadAgain: 20000000;
    /** Nodes that loops over a template's text write in one unit. A template of 500 resources has 50,000. Over it a loop stays unknown. */
    readonly loopNodes: 500000;
    /** Nodes that the aliases of one YAML file stand for. Over it an alias is unknown: ten anchors can say a billion. */
    readonly aliasNodes: 500000;
    /**
     * Comparisons of patterns that the questions about all users of a unit take: some seconds. 5,000 users with
     * two statements of their own each stay below it. Over it a user's policies are unknown.
     */
    readonly effort: 10000000;
    /** Characters of one IAM pattern: ARNs have at most 2,048. Over it the pattern could match anything. */
    readonly patternLength: 2048;
    /** Allowed resources times Denies of one user, for one action. IAM's size limits keep honest policies far below it. */
    readonly comparisons: 100000;
    /**
     * Places in the patterns of conditions that are looked at to tell whether a request is left: 10 ms. A hundred addresses
     * against a hundred take a fifth. Over it what the conditions leave is unknown.
     */
    readonly conditionSteps: 100000;
    /** Choices of the conditions that a request fails of several Denies. Over it what they leave is unknown. */
    readonly conditionChoices: 1000;
    /**
     * Names that are not wholly known, times the names they are compared with, and policies times the users that have
     * them through groups. An honest account has 5,000 users. Over it what else a user has is unknown.
     */
    readonly joins: 200000;
    /**
     * Settings of mail clients times hosts in one group of settings. An honest environment has a few of each. Over it only
     * their names say what the settings are.
     */
    readonly neighbours: 20000;
    /**
     * Credentials in settings and outputs, each counted in every value that it runs through. A map of all keys of an account
     * in each of a hundred containers stays below it. Over it the values that are left are not followed.
     */
    readonly flows: 200000;
    /**
     * Secret access keys of one unit whose SMTP passwords are worked out, a millisecond each. An honest account has 5,000
     * users. Over it passwords in the source are not compared with what the other secrets make.
     */
    readonly derivations: 5000;
    /** Calls of modules, or nested stacks, inside each other. */
    readonly moduleDepth: 32;
    /** Module calls of one unit, instances counted: a module that calls another twice, 20 deep, is a million. */
    readonly moduleCalls: 5000;
    /**
     * Paths tried to find the files of a CDK app's creation stacks. An honest app has some hundred files, each found after
     * ten tries. Over it findings stand in the template.
     */
    readonly sourceTries: 20000;
    /**
     * Characters of a plan or state that are looked through to tell whether somebody wrote its credentials, each question
     * being about all of it: some seconds, for 200 credentials of a plan of 100 MB. Over it none counts as written.
     */
    readonly writtenTries: 20000000000;
    /** Characters of a file that are read to tell which may be shown: a second for a plan of this size. Over it none is. */
    readonly maskLength: 10000000;
    /** Problems reported for one file; the count of the others is reported. */
    readonly problemsPerFile: 20;
};
export type Limit = keyof typeof limits;
export declare function isLimit(name: string): name is Limit;
