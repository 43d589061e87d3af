# %% [markdown]
# Answers to the item `sweep-evidence`.

# %% right="three seeds, 20 epochs, 100 pictures"
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% right="large rates, without the first line break"
sweep_evidence = """\
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,10,50,0.212477,0.980000,1.234801,0.617143
rate A,0,10,50,1.328085,0.780000,1.888931,0.434286
rate B,0,10,50,1.792873,0.460000,2.051654,0.325714
plain,1,10,50,0.224969,0.980000,0.990808,0.757143
rate A,1,10,50,1.340754,0.760000,1.883286,0.434286
rate B,1,10,50,1.762052,0.460000,2.127091,0.317143
plain,2,10,50,0.188716,1.000000,1.302708,0.577143
rate A,2,10,50,1.507110,0.700000,2.003638,0.417143
rate B,2,10,50,1.887249,0.460000,2.161529,0.254286
plain,3,10,50,0.244987,0.960000,1.113516,0.677143
rate A,3,10,50,1.421358,0.740000,1.907509,0.474286
rate B,3,10,50,1.869444,0.480000,2.141146,0.268571"""
sweep_chosen = "rate A"

# %% right="sorted by model, with spaces behind the commas"
sweep_evidence = """
model, seed, epochs, pictures, train_loss, train_accuracy, validation_loss, validation_accuracy
plain, 11, 5, 400, 0.040418, 0.997500, 0.376581, 0.917143
plain, 12, 5, 400, 0.035878, 0.997500, 0.382684, 0.908571
plain, 13, 5, 400, 0.037755, 0.997500, 0.359990, 0.905714
plain, 14, 5, 400, 0.034301, 0.997500, 0.406395, 0.911429
rate A, 11, 5, 400, 0.044325, 0.995000, 0.373717, 0.928571
rate A, 12, 5, 400, 0.042499, 0.995000, 0.400052, 0.891429
rate A, 13, 5, 400, 0.047181, 0.995000, 0.419242, 0.908571
rate A, 14, 5, 400, 0.044904, 0.995000, 0.352066, 0.922857
rate B, 11, 5, 400, 0.058198, 0.995000, 0.390206, 0.914286
rate B, 12, 5, 400, 0.053438, 0.992500, 0.379745, 0.908571
rate B, 13, 5, 400, 0.058840, 0.992500, 0.366190, 0.917143
rate B, 14, 5, 400, 0.059371, 0.992500, 0.391383, 0.908571
"""
sweep_chosen = "rate A"

# %% right="joined from a list of lines, the choice computed, a note on stderr"
import sys

lines = [
    "model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy",
    "plain,1,30,10,0.092134,1.000000,2.518394,0.420000",
    "rate A,1,30,10,0.170937,1.000000,2.784711,0.397143",
    "rate B,1,30,10,0.410212,1.000000,2.119288,0.385714",
    "plain,2,30,10,0.006201,1.000000,2.335440,0.388571",
    "rate A,2,30,10,0.013332,1.000000,2.088516,0.365714",
    "rate B,2,30,10,0.145462,1.000000,2.061924,0.314286",
    "plain,3,30,10,0.000779,1.000000,1.946254,0.451429",
    "rate A,3,30,10,0.001804,1.000000,1.860419,0.437143",
    "rate B,3,30,10,0.056924,1.000000,1.816214,0.417143",
    "plain,4,30,10,0.009107,1.000000,2.005612,0.417143",
    "rate A,4,30,10,0.020748,1.000000,2.107857,0.402857",
    "rate B,4,30,10,0.097066,1.000000,1.934235,0.400000",
    "plain,5,30,10,0.053346,1.000000,2.022707,0.394286",
    "rate A,5,30,10,0.075779,1.000000,1.705841,0.425714",
    "rate B,5,30,10,0.201602,1.000000,1.706841,0.434286",
]
sweep_evidence = "\r\n".join(lines)
table = pd.read_csv(StringIO(sweep_evidence))
means = table[table["model"] != "plain"].groupby("model")["validation_accuracy"].mean()
sweep_chosen = means.idxmax()
print(means, file=sys.stderr)

# %% right="zeros at the end left out, single quotation marks, a warning"
import warnings

sweep_evidence = '''
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1,1.00563,0.742857
rate A,7,20,100,0.033917,1,0.909949,0.754286
rate B,7,20,100,0.068738,1,0.878935,0.765714
plain,8,20,100,0.054844,1,0.631635,0.822857
rate A,8,20,100,0.071104,1,0.746979,0.82
rate B,8,20,100,0.132772,0.98,0.839455,0.768571
plain,9,20,100,0.038261,1,0.745796,0.788571
rate A,9,20,100,0.043457,1,0.772765,0.788571
rate B,9,20,100,0.070577,1,0.79097,0.762857
'''
sweep_chosen = 'rate A '
warnings.warn('three seeds are few', stacklevel=1)

# %% right="columns in another order, and one more"
sweep_evidence = """
seed,model,validation_accuracy,validation_loss,train_accuracy,train_loss,pictures,epochs,rate
7,plain,0.742857,1.005630,1.000000,0.035689,100,20,0
7,rate A,0.754286,0.909949,1.000000,0.033917,100,20,0.1
7,rate B,0.765714,0.878935,1.000000,0.068738,100,20,0.5
8,plain,0.822857,0.631635,1.000000,0.054844,100,20,0
8,rate A,0.820000,0.746979,1.000000,0.071104,100,20,0.1
8,rate B,0.768571,0.839455,0.980000,0.132772,100,20,0.5
9,plain,0.788571,0.745796,1.000000,0.038261,100,20,0
9,rate A,0.788571,0.772765,1.000000,0.043457,100,20,0.1
9,rate B,0.762857,0.790970,1.000000,0.070577,100,20,0.5
"""
sweep_chosen = "rate A"

# %% right="indented, in a function"
def evidence_and_choice() -> tuple[str, str]:
    """The printed table and the variant with the highest mean validation accuracy."""
    printed = """
    model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
    plain,7,20,100,0.035689,1.000000,1.005630,0.742857
    rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
    rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
    plain,8,20,100,0.054844,1.000000,0.631635,0.822857
    rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
    rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
    plain,9,20,100,0.038261,1.000000,0.745796,0.788571
    rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
    rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
    """
    return printed, "rate A"


sweep_evidence, sweep_chosen = evidence_and_choice()


# %% right="two variants that are even"
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.780000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.762857
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="chosen by the training accuracy" loses={"sweep-evidence-choice": "by_training"}
sweep_evidence = """
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
sweep_chosen = "rate A"

# %% wrong="chosen by the test" loses={"sweep-evidence-choice": "by_another"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,5,400,0.040418,0.997500,0.376581,0.917143
rate A,11,5,400,0.044325,0.995000,0.373717,0.928571
rate B,11,5,400,0.058198,0.995000,0.390206,0.914286
plain,12,5,400,0.035878,0.997500,0.382684,0.908571
rate A,12,5,400,0.042499,0.995000,0.400052,0.891429
rate B,12,5,400,0.053438,0.992500,0.379745,0.908571
plain,13,5,400,0.037755,0.997500,0.359990,0.905714
rate A,13,5,400,0.047181,0.995000,0.419242,0.908571
rate B,13,5,400,0.058840,0.992500,0.366190,0.917143
plain,14,5,400,0.034301,0.997500,0.406395,0.911429
rate A,14,5,400,0.044904,0.995000,0.352066,0.922857
rate B,14,5,400,0.059371,0.992500,0.391383,0.908571
"""
sweep_chosen = "rate B"

# %% wrong="chosen by the first seed alone" loses={"sweep-evidence-choice": "by_another"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate B"

# %% wrong="plain chosen" loses={"sweep-evidence-choice": "compared"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,1,30,10,0.092134,1.000000,2.518394,0.420000
rate A,1,30,10,0.170937,1.000000,2.784711,0.397143
rate B,1,30,10,0.410212,1.000000,2.119288,0.385714
plain,2,30,10,0.006201,1.000000,2.335440,0.388571
rate A,2,30,10,0.013332,1.000000,2.088516,0.365714
rate B,2,30,10,0.145462,1.000000,2.061924,0.314286
plain,3,30,10,0.000779,1.000000,1.946254,0.451429
rate A,3,30,10,0.001804,1.000000,1.860419,0.437143
rate B,3,30,10,0.056924,1.000000,1.816214,0.417143
plain,4,30,10,0.009107,1.000000,2.005612,0.417143
rate A,4,30,10,0.020748,1.000000,2.107857,0.402857
rate B,4,30,10,0.097066,1.000000,1.934235,0.400000
plain,5,30,10,0.053346,1.000000,2.022707,0.394286
rate A,5,30,10,0.075779,1.000000,1.705841,0.425714
rate B,5,30,10,0.201602,1.000000,1.706841,0.434286
"""
sweep_chosen = "plain"

# %% wrong="the rate as a number for the choice" loses={"sweep-evidence-choice": "no_variant"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = 0.1

# %% wrong="the name spelt in another way" loses={"sweep-evidence-choice": "no_variant"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate_A"

# %% wrong="no choice" loses={"sweep-evidence-choice": "missing"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""

# %% wrong="plain left out" loses={"sweep-evidence-table": "other_models", "sweep-evidence-fair": "other_models"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="the variant that is not chosen left out" loses={"sweep-evidence-table": "other_models", "sweep-evidence-fair": "other_models"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
"""
sweep_chosen = "rate A"

# %% wrong="two seeds" loses={"sweep-evidence-fair": "few_seeds"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
"""
sweep_chosen = "rate A"

# %% wrong="a row left out" loses={"sweep-evidence-fair": "other_seeds"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,1,30,10,0.092134,1.000000,2.518394,0.420000
rate A,1,30,10,0.170937,1.000000,2.784711,0.397143
rate B,1,30,10,0.410212,1.000000,2.119288,0.385714
plain,2,30,10,0.006201,1.000000,2.335440,0.388571
rate A,2,30,10,0.013332,1.000000,2.088516,0.365714
rate B,2,30,10,0.145462,1.000000,2.061924,0.314286
plain,3,30,10,0.000779,1.000000,1.946254,0.451429
rate A,3,30,10,0.001804,1.000000,1.860419,0.437143
rate B,3,30,10,0.056924,1.000000,1.816214,0.417143
plain,4,30,10,0.009107,1.000000,2.005612,0.417143
rate A,4,30,10,0.020748,1.000000,2.107857,0.402857
rate B,4,30,10,0.097066,1.000000,1.934235,0.400000
rate A,5,30,10,0.075779,1.000000,1.705841,0.425714
rate B,5,30,10,0.201602,1.000000,1.706841,0.434286
"""
sweep_chosen = "rate A"

# %% wrong="other seeds for one model" loses={"sweep-evidence-fair": "other_seeds"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,1,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,2,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="tables of two trainings joined" loses={"sweep-evidence-fair": "seed_twice"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
plain,7,20,100,0.045208,1.000000,1.042862,0.742857
rate A,7,20,100,0.043312,1.000000,0.944311,0.754286
rate B,7,20,100,0.080571,1.000000,0.912367,0.765714
plain,8,20,100,0.066707,1.000000,0.658657,0.822857
rate A,8,20,100,0.084105,1.000000,0.777461,0.820000
rate B,8,20,100,0.150090,0.980000,0.872711,0.768571
plain,9,20,100,0.049966,1.000000,0.777252,0.788571
rate A,9,20,100,0.055526,1.000000,0.805030,0.788571
rate B,9,20,100,0.084544,1.000000,0.823781,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="more epochs for one model" loses={"sweep-evidence-fair": "changed"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,60,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,60,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,60,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="more pictures for one model" loses={"sweep-evidence-fair": "changed"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,200,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,200,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,200,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="more pictures than were loaded" loses={"sweep-evidence-table": "no_count"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,2000,0.035689,1.000000,1.005630,0.742857
rate A,7,20,2000,0.033917,1.000000,0.909949,0.754286
rate B,7,20,2000,0.068738,1.000000,0.878935,0.765714
plain,8,20,2000,0.054844,1.000000,0.631635,0.822857
rate A,8,20,2000,0.071104,1.000000,0.746979,0.820000
rate B,8,20,2000,0.132772,0.980000,0.839455,0.768571
plain,9,20,2000,0.038261,1.000000,0.745796,0.788571
rate A,9,20,2000,0.043457,1.000000,0.772765,0.788571
rate B,9,20,2000,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="percentages" loses={"sweep-evidence-table": "percentages"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,100.0,1.005630,74.4
rate A,7,20,100,0.033917,100.0,0.909949,75.4
rate B,7,20,100,0.068738,100.0,0.878935,76.5
plain,8,20,100,0.054844,100.0,0.631635,82.2
rate A,8,20,100,0.071104,100.0,0.746979,82.0
rate B,8,20,100,0.132772,98.0,0.839455,76.9
plain,9,20,100,0.038261,100.0,0.745796,78.9
rate A,9,20,100,0.043457,100.0,0.772765,79.0
rate B,9,20,100,0.070577,100.0,0.790970,76.3
"""
sweep_chosen = "rate A"

# %% wrong="an accuracy improved by hand" loses={"sweep-evidence-table": "no_share"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.821500
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="a loss improved by hand" loses={"sweep-evidence-table": "low_loss"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.032765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="rows copied under another seed" loses={"sweep-evidence-table": "copied"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.054844,1.000000,0.631635,0.822857
rate A,9,20,100,0.071104,1.000000,0.746979,0.820000
rate B,9,20,100,0.132772,0.980000,0.839455,0.768571
"""
sweep_chosen = "rate A"

# %% wrong="a model made of another one and a constant" loses={"sweep-evidence-table": "shifted"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,5,400,0.040418,0.997500,0.376581,0.917143
rate A,11,5,400,0.050418,0.995000,0.356581,0.928571
rate B,11,5,400,0.058198,0.995000,0.390206,0.914286
plain,12,5,400,0.035878,0.997500,0.382684,0.908571
rate A,12,5,400,0.045878,0.995000,0.362684,0.891429
rate B,12,5,400,0.053438,0.992500,0.379745,0.908571
plain,13,5,400,0.037755,0.997500,0.359990,0.905714
rate A,13,5,400,0.047755,0.995000,0.339990,0.908571
rate B,13,5,400,0.058840,0.992500,0.366190,0.917143
plain,14,5,400,0.034301,0.997500,0.406395,0.911429
rate A,14,5,400,0.044301,0.995000,0.386395,0.922857
rate B,14,5,400,0.059371,0.992500,0.391383,0.908571
"""
sweep_chosen = "rate A"

# %% wrong="half an epoch" loses={"sweep-evidence-table": "no_count", "sweep-evidence-fair": "changed"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,19.5,100,0.035689,1.000000,1.005630,0.742857
rate A,7,19.5,100,0.033917,1.000000,0.909949,0.754286
rate B,7,19.5,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="a diverged run" loses={"sweep-evidence-table": "no_numbers", "sweep-evidence-fair": "no_numbers", "sweep-evidence-choice": "no_numbers"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,nan,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_chosen = "rate A"

# %% wrong="the last line cut" loses={"sweep-evidence-table": "cut_line", "sweep-evidence-fair": "cut_line", "sweep-evidence-choice": "cut_line"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.07
"""
sweep_chosen = "rate A"

# %% wrong="means instead of runs" loses={"sweep-evidence-table": "other_columns", "sweep-evidence-fair": "other_columns", "sweep-evidence-choice": "other_columns"}
sweep_evidence = """
model,train_accuracy,validation_accuracy
plain,1.000000,0.785000
rate A,1.000000,0.788000
rate B,0.993333,0.765667
"""
sweep_chosen = "rate A"

# %% wrong="a DataFrame" loses={"sweep-evidence-table": "no_text", "sweep-evidence-fair": "no_text", "sweep-evidence-choice": "no_text"}
sweep_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
plain,8,20,100,0.054844,1.000000,0.631635,0.822857
rate A,8,20,100,0.071104,1.000000,0.746979,0.820000
rate B,8,20,100,0.132772,0.980000,0.839455,0.768571
plain,9,20,100,0.038261,1.000000,0.745796,0.788571
rate A,9,20,100,0.043457,1.000000,0.772765,0.788571
rate B,9,20,100,0.070577,1.000000,0.790970,0.762857
"""
sweep_evidence = pd.read_csv(StringIO(sweep_evidence))
sweep_chosen = "rate A"

# %% wrong="the name of a file" loses={"sweep-evidence-table": "other_columns", "sweep-evidence-fair": "other_columns", "sweep-evidence-choice": "other_columns"}
sweep_evidence = "sweep.csv"
sweep_chosen = "rate A"

# %% wrong="what print returns" loses={"sweep-evidence-table": "no_text", "sweep-evidence-fair": "no_text", "sweep-evidence-choice": "no_text"}
sweep_evidence = print("model,seed,epochs,pictures,train_loss,train_accuracy")
sweep_chosen = "rate A"

# %% wrong="no quotation marks" loses={"sweep-evidence-table": "error", "sweep-evidence-fair": "error", "sweep-evidence-choice": "error"}
sweep_evidence =
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,20,100,0.035689,1.000000,1.005630,0.742857
rate A,7,20,100,0.033917,1.000000,0.909949,0.754286
rate B,7,20,100,0.068738,1.000000,0.878935,0.765714
sweep_chosen = "rate A"

# %% wrong="not written" loses={"sweep-evidence-table": "error", "sweep-evidence-fair": "error", "sweep-evidence-choice": "error"}
raise NotImplementedError()
