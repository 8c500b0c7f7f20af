"""Words of everyday Chinese that a short name may straddle: 中山 in 其中山东, 上海 in 海上海运.

A name of two characters isn't meant where both of them belong to such words, one ending with
the first and one beginning with the second. Asking for both keeps the names that stand beside
a word by chance: 以上海为例.
"""

# Before a name that begins with their last character, or after one that ends with their first.
_WORDS = """
    海上 陆上 水上 路上 网上 线上 船上 会上 岸上 马上 早上 晚上 身上 世上
    海运 海面 海洋 海水 海风 海浪 海警 海军 海盗 海岸 海底 海事 海域 海关 海鲜
    其中 当中 之中 集中 高中 初中 途中 空中 手中 心中
    山东 山西 山区 山水 山地 山林 山路 山村
    国有 国内 国家 国际 国外 国产 国企 国道
    强大 扩大 巨大 重大 最大 广大 加大 远大 壮大 庞大
    连接 连续 连通 连锁 连带 连任 连环 连年 连日
    市长 校长 省长 州长 县长 部长 会长 成长 增长 院长 局长
    春节 春天 春季 春耕 春运 春游 沙漠 沙滩 沙子
    长江 珠江 沿江 过江 黄河 沿河 运河 过河
    西岸 西部 西侧 西面 西南 西北 北岸 北部 北侧 北面 南岸 南部 南侧 南面 东岸 东部 东侧
    广东 华东 浙东 粤东 河南 湖南 云南 海南 华南 江西 陕西 广西 浙西
    京剧 京城 京津 安排 安全 安置 安装 安康 安徽
    近日 今日 昨日 当日 每日 次日 节日 明日
    本市 本报 本次 本届 本地 本人 本周 本月 本省 本县 本国
    合法 合德 出海 进海 口岸 口罩 口味
"""
WORDS = frozenset(_WORDS.split())
