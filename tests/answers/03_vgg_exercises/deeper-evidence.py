# %% [markdown]
# Answers to the item `deeper-evidence`.

# %% right="three seeds, the choice computed"
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
deeper_chosen = mean_accuracies(deeper_evidence)["validation_accuracy"].drop("plain").idxmax()

# %% right="rows by model"
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249000
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.280000
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278000
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
"""
deeper_chosen = "4 blocks"

# %% right="the index of the table in front, blanks around the choice"
deeper_evidence = """
,model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
0,plain,11,8,500,0.997525,0.698000,2.378232,0.365000
1,4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
2,5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
3,plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4,4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5,5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
6,plain,13,8,500,1.041318,0.604000,1.892533,0.403000
7,4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
8,5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
deeper_chosen = " 4 blocks "

# %% right="lines joined by the line ends of Windows"
lines = [
    "model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy",
    "plain,7,12,250,0.445510,0.924000,2.573139,0.322000",
    "4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000",
    "5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249000",
    "plain,21,12,250,0.275713,0.920000,3.467596,0.304000",
    "4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000",
    "5 blocks,21,12,250,1.755745,0.372000,2.120237,0.280000",
    "plain,42,12,250,0.601408,0.840000,2.552416,0.309000",
    "4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000",
    "5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278000",
]
deeper_evidence = "\r\n".join(lines)
deeper_chosen = "4 blocks"

# %% right="nothing was learnt: a tie"
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,2.304195,0.100000,2.304583,0.100000
4 blocks,11,8,500,2.304201,0.100000,2.303890,0.100000
5 blocks,11,8,500,2.303616,0.100000,2.303054,0.100000
plain,12,8,500,2.303157,0.100000,2.303455,0.100000
4 blocks,12,8,500,2.302693,0.100000,2.304533,0.100000
5 blocks,12,8,500,2.303352,0.100000,2.304380,0.100000
plain,13,8,500,2.303402,0.100000,2.304273,0.100000
4 blocks,13,8,500,2.302676,0.100000,2.303370,0.100000
5 blocks,13,8,500,2.302683,0.100000,2.303571,0.100000
"""
deeper_chosen = "5 blocks"

# %% right="the deepest net is the best, other quotation marks, a look at the means"
import sys

deeper_evidence = '''
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.299000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.330000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.328000
'''
deeper_chosen = "5 blocks"
print(mean_accuracies(deeper_evidence), file=sys.stderr)
%whos

# %% right="two more columns, four seeds"
deeper_evidence = """
note,model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy,minutes
,plain,0,15,500,0.377438,0.856000,3.130699,0.383000,0.400000
,4 blocks,0,15,500,1.015533,0.648000,1.915595,0.408000,0.450000
,5 blocks,0,15,500,1.490302,0.460000,2.088402,0.281000,0.490000
,plain,1,15,500,0.755253,0.740000,4.069368,0.316000,0.540000
,4 blocks,1,15,500,0.596475,0.808000,2.909945,0.355000,0.580000
,5 blocks,1,15,500,1.681171,0.356000,2.135167,0.272000,0.630000
,plain,2,15,500,0.180420,0.962000,3.310811,0.376000,0.670000
,4 blocks,2,15,500,1.318832,0.528000,3.338694,0.333000,0.720000
,5 blocks,2,15,500,1.322629,0.476000,2.333132,0.344000,0.760000
,plain,3,15,500,0.847981,0.776000,3.546322,0.336000,0.810000
,4 blocks,3,15,500,0.683612,0.766000,3.224394,0.368000,0.850000
,5 blocks,3,15,500,1.729190,0.370000,2.171350,0.281000,0.900000
"""
deeper_chosen = "4 blocks"

# %% wrong="not written" loses={"deeper-evidence-table": "error", "deeper-evidence-fair": "error", "deeper-evidence-choice": "error"}
raise NotImplementedError()

# %% wrong="quotation marks for one line" loses={"deeper-evidence-table": "error", "deeper-evidence-fair": "error", "deeper-evidence-choice": "error"}
deeper_evidence = "
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.280000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278000
"
deeper_chosen = "4 blocks"

# %% wrong="a model is missing" loses={"deeper-evidence-table": "other_models", "deeper-evidence-fair": "other_models"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
"""
deeper_chosen = "4 blocks"

# %% wrong="no first line" loses={"deeper-evidence-table": "other_columns", "deeper-evidence-fair": "other_columns", "deeper-evidence-choice": "other_columns"}
deeper_evidence = """
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
deeper_chosen = "4 blocks"

# %% wrong="empty" loses={"deeper-evidence-table": "unreadable", "deeper-evidence-fair": "unreadable", "deeper-evidence-choice": "unreadable"}
deeper_evidence = """
"""
deeper_chosen = "4 blocks"

# %% wrong="an empty cell" loses={"deeper-evidence-table": "no_numbers", "deeper-evidence-fair": "no_numbers", "deeper-evidence-choice": "no_numbers"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249
plain,21,12,250,0.275713,0.920000,3.467596,0.304
4 blocks,21,12,250,1.355199,0.560000,2.310709,
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.28
plain,42,12,250,0.601408,0.840000,2.552416,0.309
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278
"""
deeper_chosen = "4 blocks"

# %% wrong="per cent" loses={"deeper-evidence-table": "percentages"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,36.500000
4 blocks,11,8,500,1.405396,0.510000,1.891870,38.300000
5 blocks,11,8,500,2.015385,0.224000,2.087159,18.700000
plain,12,8,500,0.737142,0.778000,2.358957,36.700000
4 blocks,12,8,500,1.164237,0.622000,2.113312,36.100000
5 blocks,12,8,500,1.670930,0.374000,2.014256,29.800000
plain,13,8,500,1.041318,0.604000,1.892533,40.300000
4 blocks,13,8,500,1.217710,0.576000,1.767678,40.000000
5 blocks,13,8,500,1.788697,0.302000,2.112461,25.700000
"""
deeper_chosen = "4 blocks"

# %% wrong="no share of 1,000 pictures" loses={"deeper-evidence-table": "no_share"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187
plain,12,8,500,0.737142,0.778000,2.358957,0.367
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.51234
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298
plain,13,8,500,1.041318,0.604000,1.892533,0.403
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.4
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257
"""
deeper_chosen = "4 blocks"

# %% wrong="no share of 500 pictures" loses={"deeper-evidence-table": "no_share"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.51,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224,2.087159,0.187000
plain,12,8,500,0.737142,0.778,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374,2.014256,0.298000
plain,13,8,500,1.041318,0.604,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.811,2.112461,0.257000
"""
deeper_chosen = "4 blocks"

# %% wrong="rows copied under other seeds" loses={"deeper-evidence-table": "copied"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.377438,0.856000,3.130699,0.383000
4 blocks,0,15,500,1.015533,0.648000,1.915595,0.408000
5 blocks,0,15,500,1.490302,0.460000,2.088402,0.281000
plain,1,15,500,0.755253,0.740000,4.069368,0.316000
4 blocks,1,15,500,0.596475,0.808000,2.909945,0.355000
5 blocks,1,15,500,1.681171,0.356000,2.135167,0.272000
plain,2,15,500,0.180420,0.962000,3.310811,0.376000
4 blocks,2,15,500,1.015533,0.648000,1.915595,0.408000
5 blocks,2,15,500,1.322629,0.476000,2.333132,0.344000
plain,3,15,500,0.847981,0.776000,3.546322,0.336000
4 blocks,3,15,500,0.596475,0.808000,2.909945,0.355000
5 blocks,3,15,500,1.729190,0.370000,2.171350,0.281000
"""
deeper_chosen = "4 blocks"

# %% wrong="plain plus a constant" loses={"deeper-evidence-table": "shifted"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.007525,0.708000,2.388232,0.375000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,0.747142,0.788000,2.368957,0.377000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.051318,0.614000,1.902533,0.413000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
deeper_chosen = "4 blocks"

# %% wrong="two seeds" loses={"deeper-evidence-fair": "few_seeds"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
"""
deeper_chosen = "4 blocks"

# %% wrong="more epochs for the deepest net" loses={"deeper-evidence-fair": "changed"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
5 blocks,7,24,250,1.792312,0.316000,2.258710,0.249000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
5 blocks,21,24,250,1.755745,0.372000,2.120237,0.280000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,42,24,250,1.483364,0.432000,2.118678,0.278000
"""
deeper_chosen = "4 blocks"

# %% wrong="the test table" loses={"deeper-evidence-table": "other_columns", "deeper-evidence-fair": "other_columns", "deeper-evidence-choice": "other_columns"}
deeper_evidence = """
model,seed,test_loss,test_accuracy
plain,11,2.611191,0.295000
4 blocks,11,1.878054,0.305000
plain,12,2.509353,0.325000
4 blocks,12,2.165779,0.330000
plain,13,2.040474,0.342000
4 blocks,13,1.931200,0.352000
"""
deeper_chosen = "4 blocks"

# %% wrong="a single run decides the choice" loses={"deeper-evidence-choice": "by_another"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,0,15,500,0.377438,0.856000,3.130699,0.383000
4 blocks,0,15,500,1.015533,0.648000,1.915595,0.408000
5 blocks,0,15,500,1.490302,0.460000,2.088402,0.281000
plain,1,15,500,0.755253,0.740000,4.069368,0.316000
4 blocks,1,15,500,0.596475,0.808000,2.909945,0.355000
5 blocks,1,15,500,1.681171,0.356000,2.135167,0.272000
plain,2,15,500,0.180420,0.962000,3.310811,0.376000
4 blocks,2,15,500,1.318832,0.528000,3.338694,0.333000
5 blocks,2,15,500,1.322629,0.476000,2.333132,0.344000
plain,3,15,500,0.847981,0.776000,3.546322,0.336000
4 blocks,3,15,500,0.683612,0.766000,3.224394,0.368000
5 blocks,3,15,500,1.729190,0.370000,2.171350,0.281000
"""
deeper_chosen = "5 blocks"

# %% wrong="the choice by loss" loses={"deeper-evidence-choice": "by_another"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.280000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278000
"""
deeper_chosen = "5 blocks"

# %% wrong="plain is chosen" loses={"deeper-evidence-choice": "compared"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""
deeper_chosen = "plain"

# %% wrong="no choice" loses={"deeper-evidence-choice": "missing"}
deeper_evidence = """
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
plain,11,8,500,0.997525,0.698000,2.378232,0.365000
4 blocks,11,8,500,1.405396,0.510000,1.891870,0.383000
5 blocks,11,8,500,2.015385,0.224000,2.087159,0.187000
plain,12,8,500,0.737142,0.778000,2.358957,0.367000
4 blocks,12,8,500,1.164237,0.622000,2.113312,0.361000
5 blocks,12,8,500,1.670930,0.374000,2.014256,0.298000
plain,13,8,500,1.041318,0.604000,1.892533,0.403000
4 blocks,13,8,500,1.217710,0.576000,1.767678,0.400000
5 blocks,13,8,500,1.788697,0.302000,2.112461,0.257000
"""

# %% [raw] wrong="the choice by training accuracy" loses={"deeper-evidence-choice": "by_training"}
# - deeper_chosen = "5 blocks"
# + deeper_chosen = "4 blocks"
