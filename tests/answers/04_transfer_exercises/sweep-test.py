# %% [markdown]
# Answers to the item `sweep-test`.

# %% right="sorted by model, with spaces behind the commas"
sweep_test = """
model, seed, test_loss, test_accuracy
plain, 0, 0.345797, 0.874286
plain, 1, 0.363427, 0.882857
plain, 2, 0.445703, 0.882857
plain, 3, 0.368648, 0.891429
plain, 4, 0.374431, 0.874286
plain, 5, 0.309935, 0.897143
rate B, 0, 0.258505, 0.920000
rate B, 1, 0.236252, 0.911429
rate B, 2, 0.330192, 0.891429
rate B, 3, 0.326259, 0.900000
rate B, 4, 0.285561, 0.902857
rate B, 5, 0.254686, 0.917143
"""
sweep_conclusion = "higher"

# %% right="no difference found"
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.332106,0.877143
rate B,0,0.315930,0.897143
plain,1,0.372282,0.871429
rate B,1,0.321404,0.885714
plain,2,0.420467,0.885714
rate B,2,0.377687,0.868571
plain,3,0.362449,0.891429
rate B,3,0.384468,0.880000
plain,4,0.386573,0.871429
rate B,4,0.356761,0.885714
plain,5,0.318454,0.891429
rate B,5,0.306159,0.900000
"""
sweep_conclusion = "cannot be told apart"

# %% right="lower, in capitals, with a full stop"
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.599139,0.842857
rate B,0,0.891014,0.765714
plain,1,0.637449,0.851429
rate B,1,0.938161,0.765714
plain,2,0.627745,0.865714
rate B,2,0.980868,0.745714
plain,3,0.680549,0.797143
rate B,3,1.011266,0.734286
plain,4,0.702519,0.788571
rate B,4,0.926670,0.774286
plain,5,0.643727,0.868571
rate B,5,0.997760,0.797143
"""
sweep_conclusion = "Lower."

# %% right="the conclusion computed, a note on stderr"
import sys

sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
table = pd.read_csv(StringIO(sweep_test))
found = paired_difference(table, "test_accuracy", {"model": "plain"}, {"model": sweep_chosen})
if found.low > 0:
    sweep_conclusion = "higher"
elif found.high < 0:
    sweep_conclusion = "lower"
else:
    sweep_conclusion = "cannot be told apart"
print(found, file=sys.stderr)

# %% right="by ttest_rel, in a function, with two spaces in the conclusion"
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.332106,0.877143
rate B,0,0.315930,0.897143
plain,1,0.372282,0.871429
rate B,1,0.321404,0.885714
plain,2,0.420467,0.885714
rate B,2,0.377687,0.868571
plain,3,0.362449,0.891429
rate B,3,0.384468,0.880000
plain,4,0.386573,0.871429
rate B,4,0.356761,0.885714
plain,5,0.318454,0.891429
rate B,5,0.306159,0.900000
"""


def conclusion_from(text: str) -> str:
    """What the 95 % interval of the paired differences says."""
    from scipy.stats import ttest_rel

    wide = pd.read_csv(StringIO(text)).pivot(index="seed", columns="model", values="test_accuracy")
    test = ttest_rel(wide["rate B"], wide["plain"])
    if test.pvalue >= 0.05:
        return "Cannot be  told apart"
    return "higher" if test.statistic > 0 else "lower"


sweep_conclusion = conclusion_from(sweep_test)


# %% right="joined from a tuple of lines, with a warning"
import warnings

lines = (
    "model,seed,test_loss,test_accuracy",
    "plain,0,0.599139,0.842857",
    "rate B,0,0.891014,0.765714",
    "plain,1,0.637449,0.851429",
    "rate B,1,0.938161,0.765714",
    "plain,2,0.627745,0.865714",
    "rate B,2,0.980868,0.745714",
    "plain,3,0.680549,0.797143",
    "rate B,3,1.011266,0.734286",
    "plain,4,0.702519,0.788571",
    "rate B,4,0.926670,0.774286",
    "plain,5,0.643727,0.868571",
    "rate B,5,0.997760,0.797143",
)
warnings.warn(f"{len(lines) - 1} rows", stacklevel=1)
sweep_test = "\r\n".join(lines)
sweep_conclusion = "lower"

# %% right="columns in another order, zeros at the end left out"
sweep_test = '''
seed,test_accuracy,test_loss,model
5,0.917143,0.254686,rate B
5,0.897143,0.309935,plain
4,0.902857,0.285561,rate B
4,0.874286,0.374431,plain
3,0.9,0.326259,rate B
3,0.891429,0.368648,plain
2,0.891429,0.330192,rate B
2,0.882857,0.445703,plain
1,0.911429,0.236252,rate B
1,0.882857,0.363427,plain
0,0.92,0.258505,rate B
0,0.874286,0.345797,plain
'''
sweep_conclusion = 'higher'

# %% wrong="no difference where there is one" loses={"sweep-test-conclusion": "one_end"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "cannot be told apart"

# %% wrong="the sign of the mean decides" loses={"sweep-test-conclusion": "sign_alone"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.332106,0.877143
rate B,0,0.315930,0.897143
plain,1,0.372282,0.871429
rate B,1,0.321404,0.885714
plain,2,0.420467,0.885714
rate B,2,0.377687,0.868571
plain,3,0.362449,0.891429
rate B,3,0.384468,0.880000
plain,4,0.386573,0.871429
rate B,4,0.356761,0.885714
plain,5,0.318454,0.891429
rate B,5,0.306159,0.900000
"""
sweep_conclusion = "higher"

# %% wrong="plain minus the chosen rate" loses={"sweep-test-conclusion": "reversed"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "lower"

# %% wrong="the loss decides, which is higher" loses={"sweep-test-conclusion": "reversed"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.599139,0.842857
rate B,0,0.891014,0.765714
plain,1,0.637449,0.851429
rate B,1,0.938161,0.765714
plain,2,0.627745,0.865714
rate B,2,0.980868,0.745714
plain,3,0.680549,0.797143
rate B,3,1.011266,0.734286
plain,4,0.702519,0.788571
rate B,4,0.926670,0.774286
plain,5,0.643727,0.868571
rate B,5,0.997760,0.797143
"""
sweep_conclusion = "higher"

# %% wrong="not paired by seed" loses={"sweep-test-conclusion": "unpaired"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.519700,0.800000
rate B,0,0.448700,0.811429
plain,1,0.426200,0.842857
rate B,1,0.354800,0.854286
plain,2,0.353500,0.874286
rate B,2,0.297700,0.882857
plain,3,0.486200,0.828571
rate B,3,0.401600,0.840000
plain,4,0.416100,0.860000
rate B,4,0.346800,0.865714
plain,5,0.543600,0.817143
rate B,5,0.439200,0.828571
"""
sweep_conclusion = "cannot be told apart"

# %% wrong="the conclusion in words of the student's own" loses={"sweep-test-conclusion": "no_conclusion"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "dropout of 0.6 gives a higher accuracy"

# %% wrong="the verdict of the first exercise" loses={"sweep-test-conclusion": "no_conclusion"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "better"

# %% wrong="no conclusion" loses={"sweep-test-conclusion": "missing"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""

# %% wrong="the other rate on the test" loses={"sweep-test-conclusion": "other_models"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate A,0,0.256785,0.911429
plain,1,0.363427,0.882857
rate A,1,0.253533,0.908571
plain,2,0.445703,0.882857
rate A,2,0.331039,0.885714
plain,3,0.368648,0.891429
rate A,3,0.335208,0.900000
plain,4,0.374431,0.874286
rate A,4,0.324738,0.894286
plain,5,0.309935,0.897143
rate A,5,0.270957,0.908571
"""
sweep_conclusion = "higher"

# %% wrong="the chosen rate without plain" loses={"sweep-test-conclusion": "other_models"}
sweep_test = """
model,seed,test_loss,test_accuracy
rate B,0,0.258505,0.920000
rate B,1,0.236252,0.911429
rate B,2,0.330192,0.891429
rate B,3,0.326259,0.900000
rate B,4,0.285561,0.902857
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="the worst seed left out" loses={"sweep-test-conclusion": "other_seeds"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="other seeds" loses={"sweep-test-conclusion": "other_seeds"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,6,0.345797,0.874286
rate B,6,0.258505,0.920000
plain,7,0.363427,0.882857
rate B,7,0.236252,0.911429
plain,8,0.445703,0.882857
rate B,8,0.330192,0.891429
plain,9,0.368648,0.891429
rate B,9,0.326259,0.900000
plain,10,0.374431,0.874286
rate B,10,0.285561,0.902857
plain,11,0.309935,0.897143
rate B,11,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="percentages" loses={"sweep-test-conclusion": "percentages"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,87.3
rate B,0,0.258505,91.9
plain,1,0.363427,88.4
rate B,1,0.236252,91.2
plain,2,0.445703,88.4
rate B,2,0.330192,89.0
plain,3,0.368648,89.1
rate B,3,0.326259,90.1
plain,4,0.374431,87.3
rate B,4,0.285561,90.3
plain,5,0.309935,89.7
rate B,5,0.254686,91.8
"""
sweep_conclusion = "higher"

# %% wrong="an accuracy improved by hand" loses={"sweep-test-conclusion": "no_share"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.905500
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="a loss improved by hand" loses={"sweep-test-conclusion": "low_loss"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.030192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="rows copied under another seed" loses={"sweep-test-conclusion": "copied"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.374431,0.874286
rate B,5,0.285561,0.902857
"""
sweep_conclusion = "higher"

# %% wrong="plain plus a constant for the chosen rate" loses={"sweep-test-conclusion": "shifted"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.265797,0.920000
plain,1,0.363427,0.882857
rate B,1,0.283427,0.911429
plain,2,0.445703,0.882857
rate B,2,0.365703,0.891429
plain,3,0.368648,0.891429
rate B,3,0.288648,0.900000
plain,4,0.374431,0.874286
rate B,4,0.294431,0.902857
plain,5,0.309935,0.897143
rate B,5,0.229935,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="the evidence once more" loses={"sweep-test-conclusion": "other_columns"}
sweep_test = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,40,200,0.006454,1.000000,0.546978,0.845714
rate A,0,40,200,0.010939,1.000000,0.466112,0.885714
rate B,0,40,200,0.023823,1.000000,0.522867,0.868571
plain,1,40,200,0.012341,0.995000,0.504215,0.865714
rate A,1,40,200,0.014545,0.995000,0.437826,0.877143
rate B,1,40,200,0.025130,0.995000,0.406967,0.885714
plain,2,40,200,0.004189,1.000000,0.649252,0.822857
rate A,2,40,200,0.005453,1.000000,0.765967,0.825714
rate B,2,40,200,0.010931,1.000000,0.735039,0.840000
plain,3,40,200,0.008652,1.000000,0.537603,0.862857
rate A,3,40,200,0.014621,1.000000,0.513586,0.868571
rate B,3,40,200,0.026325,0.995000,0.504975,0.874286
plain,4,40,200,0.004801,1.000000,0.597603,0.848571
rate A,4,40,200,0.005705,1.000000,0.567169,0.845714
rate B,4,40,200,0.011270,1.000000,0.570011,0.857143
plain,5,40,200,0.006121,1.000000,0.483541,0.868571
rate A,5,40,200,0.007489,1.000000,0.502585,0.882857
rate B,5,40,200,0.015813,1.000000,0.462489,0.880000
"""
sweep_conclusion = "higher"

# %% wrong="the first line not copied" loses={"sweep-test-conclusion": "other_columns"}
sweep_test = """
plain,0,0.345797,0.873000
rate B,0,0.258505,0.919000
plain,1,0.363427,0.884000
rate B,1,0.236252,0.912000
plain,2,0.445703,0.884000
rate B,2,0.330192,0.890000
plain,3,0.368648,0.891000
rate B,3,0.326259,0.901000
plain,4,0.374431,0.873000
rate B,4,0.285561,0.903000
plain,5,0.309935,0.897000
rate B,5,0.254686,0.918000
"""
sweep_conclusion = "higher"

# %% wrong="a run that gave no number" loses={"sweep-test-conclusion": "no_numbers"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,nan,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_conclusion = "higher"

# %% wrong="the effect instead of the table" loses={"sweep-test-conclusion": "no_text"}
sweep_test = (0.0235, 0.0082, 0.0388)
sweep_conclusion = "higher"

# %% wrong="a DataFrame" loses={"sweep-test-conclusion": "no_text"}
sweep_test = """
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143
"""
sweep_test = pd.read_csv(StringIO(sweep_test))
sweep_conclusion = "higher"

# %% wrong="one quotation mark on each side" loses={"sweep-test-conclusion": "error"}
sweep_test = "
model,seed,test_loss,test_accuracy
plain,0,0.345797,0.874286
rate B,0,0.258505,0.920000
plain,1,0.363427,0.882857
rate B,1,0.236252,0.911429
plain,2,0.445703,0.882857
rate B,2,0.330192,0.891429
plain,3,0.368648,0.891429
rate B,3,0.326259,0.900000
plain,4,0.374431,0.874286
rate B,4,0.285561,0.902857
plain,5,0.309935,0.897143
rate B,5,0.254686,0.917143"
sweep_conclusion = "higher"

# %% wrong="not written" loses={"sweep-test-conclusion": "error"}
raise NotImplementedError()
