"""Articles written for the tests of drafting: each holds one thing to find, or one not to."""

from __future__ import annotations

PROBLEM_EN = """\
# 17. Longest quiet stretch

Given an array of integers `loud` and an integer `limit`, return the length of the longest run in which no value exceeds `limit`.

**Example 1:**

Input: loud = [3, 1, 1, 5, 2], limit = 3
Output: 3
Explanation: the first three values.

**Example 2:**

Input: loud = [], limit = 0
Output: 0

**Constraints:**

- 0 <= loud.length <= 104
- -109 <= loud[i] <= 109
"""
PROBLEM_ZH = """\
88. 合并两个有序数组
题目描述
给你两个按非递减顺序排列的整数数组 nums1 和 nums2 ,请你将它们合并成一个有序数组,并返回它。
示例 1:
输入:nums1 = [1,2,3], nums2 = [2,5,6]
输出:[1,2,2,3,5,6]
示例 2:
输入:nums1 = [], nums2 = [1]
输出:[1]
提示:
0 <= nums1.length, nums2.length <= 200
"""
ZH_NOTES = """\
# 正则化笔记

正则化(Regularization)是一类用于限制模型复杂度的方法,其目的是减小泛化误差。它是深度学习中常用的技巧。

早停指的是在验证误差不再下降时就停止训练的做法。这是一种简单的办法。

## 为什么随机失活能减轻过拟合?

随机失活每次训练时随机丢弃一部分神经元,相当于训练许多共享参数的子网络。测试时使用所有神经元,近似于对这些子网络取平均。

## 批归一化的步骤

训练时批归一化按如下流程进行:

1. 计算小批量的均值
2. 计算小批量的方差
3. 用均值和方差把输入标准化
4. 乘以缩放系数再加上平移系数

一句话总结:L1 正则与 L2 正则的区别在于前者把不重要的权重压到零,而后者只是把权重整体缩小。

L1 正则与 L2 正则的区别常被问到。
"""
EN_NOTES = """\
# Notes on sampling

Importance sampling is a technique for estimating expectations under one distribution with samples from another. It is old.
The effective sample size refers to the number of independent samples that would carry the same information.
This is a type of sentence that begins badly. Information theory is a prime example of this.

## What does a control variate do?

A control variate subtracts a correlated quantity of known mean. The variance falls by the squared correlation, and the mean stays.

## Isn't that trivial?

No.

The algorithm proceeds as follows:

1. Draw samples from the proposal
2. Compute the weight of each sample
3. Normalise the weights
4. Average the values with these weights

Rejection sampling vs importance sampling: rejection sampling throws samples away, whereas importance sampling keeps all and weighs them.

The weights are

$$
w_i = \\frac{p(x_i)}{q(x_i)}
$$

and the estimate is found by

$$
\\hat\\mu = \\sum_i w_i f(x_i) = \\mathbb{E}_p[f] + o(1) = \\mu
$$
"""
CHOICES = """\
练习

1. 关于快速排序,下列说法正确的是
A. 最坏时间复杂度是 O(n log n)
B. 平均时间复杂度是 O(n log n)
C. 它是稳定的排序
D. 它需要 O(n) 的额外空间
答案:B
"""
NOTHING = """\
# A walk

Yesterday I went for a walk along the river. The sun was out and people sat on the benches. I thought about nothing in particular.

- bread
- milk
- a newspaper

It cost $5 in all. What a day!
"""
RECEPTIVE = """\
# How far does a unit see?

The receptive field of a unit is the set of input positions that it depends on. Kernel size and stride decide it. A dilated
convolution sees further. Receptive fields grow with depth.
"""
FENCED = """\
## 题目地址(15. 三数之和)

## 题目描述

```
给你一个整数数组 nums ,请你找出所有和为 0 且不重复的三元组,并返回它们。

示例 1:

输入:nums = [-1,0,1,2,-1,-4]
输出:[[-1,-1,2],[-1,0,1]]

提示:

-105 <= nums[i] <= 105
```

```python
class Solution:
    def threeSum(self, nums):
        ...
```
"""
DISTILLATION = """\
知识蒸馏笔记

为什么要用软标签?
软标签包含了类别之间的相似程度,比独热标签提供更多的信息。

训练流程:首先训练教师,然后用教师产生软标签,最后用软标签和真实标签一起训练学生。

Its temperature refers to the number that divides the logits before they are exponentiated.

转置卷积是一种可以学习的方法。轉置卷積是一種可以學習的上採樣方法。
"""
