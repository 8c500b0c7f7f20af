"""Newspaper sentences in English and Chinese, made up by chance, the same for the same seed."""

import random
from collections.abc import Iterator

Pair = tuple[str, str]


def _pairs(text: str) -> list[Pair]:
    lines = (line.strip() for line in text.strip().splitlines())
    pairs = [tuple(line.split(" | ")) for line in lines]
    return [(english, chinese) for english, chinese in pairs]


PLACES = _pairs("""
    Zhanjiang | 湛江
    Guangzhou | 广州
    Shenzhen | 深圳
    Xiamen | 厦门
    Qingdao | 青岛
    Dalian | 大连
    Ningbo | 宁波
    Tianjin | 天津
    Chengdu | 成都
    Chongqing | 重庆
    Wuhan | 武汉
    Suzhou | 苏州
    Hangzhou | 杭州
    Kunming | 昆明
    Haikou | 海口
    Nanning | 南宁
    Harbin | 哈尔滨
    Lanzhou | 兰州
    Zhengzhou | 郑州
    Changsha | 长沙
    Seattle | 西雅图
    Tacoma | 塔科马
    Portland | 波特兰
    Houston | 休斯敦
    Boston | 波士顿
    Baltimore | 巴尔的摩
    Long Beach | 长滩
    Atlantic City | 大西洋城
    Des Moines | 得梅因
    Chicago | 芝加哥
""")
ACTORS = _pairs("""
    the {place} city government | {place}市政府
    the port of {place} | {place}港
    the {place} chamber of commerce | {place}商会
    a delegation from {place} | {place}代表团
    a steel maker in {place} | {place}一家钢铁企业
    the university of {place} | {place}大学
    the customs office of {place} | {place}海关
    the {place} tourism board | {place}旅游局
    a shipping line based in {place} | 总部设在{place}的一家航运公司
    fishermen around {place} | {place}一带的渔民
    three schools in {place} | {place}的三所学校
    the railway bureau of {place} | {place}铁路局
    a seafood exporter from {place} | {place}一家水产出口商
    the {place} symphony orchestra | {place}交响乐团
    doctors at a hospital in {place} | {place}一家医院的医生
    the museum of {place} | {place}博物馆
    a solar power firm in {place} | {place}一家太阳能企业
    the environmental bureau of {place} | {place}环保局
    volunteers in {place} | {place}的志愿者
    the airport authority of {place} | {place}机场管理局
""")
DEEDS = _pairs("""
    signed an agreement on port cooperation | 签署了港口合作协议
    opened a container terminal | 启用了一座集装箱码头
    started a direct air route | 开通了直达航线
    welcomed a group of exchange students | 接待了一批交换生
    set up a fund for small businesses | 设立了小企业基金
    held a forum on marine industries | 举办了海洋产业论坛
    planted mangroves along the coast | 在沿海种植了红树林
    ordered a dozen electric ferries | 订购了十几艘电动渡轮
    published a plan for the old harbor | 公布了老港区的规划
    finished a bridge across the bay | 建成了一座跨海大桥
    sent experts in tropical farming | 派出了热带农业专家
    bought soybeans under a long contract | 按长期合同采购了大豆
    lent paintings to an exhibition | 为一场展览借出了画作
    cut the time for clearing goods | 缩短了货物通关时间
    built a laboratory for vaccines | 建起了疫苗实验室
    trained nurses from partner cities | 为友城培训了护士
    marked the anniversary with concerts | 以音乐会庆祝周年
    turned a warehouse into a library | 把一座仓库改建成图书馆
    offered scholarships to engineers | 向工程师提供了奖学金
    repaired the lighthouse on the cape | 修缮了岬角上的灯塔
    launched a rail service to Europe | 开行了中欧班列
    introduced stricter rules for trawlers | 对拖网渔船实行了更严的规定
    hosted talks on clean energy | 主持了清洁能源会谈
    tested buses that run on hydrogen | 试运行了氢能公交车
""")
AIMS = _pairs("""
    to expand exports | 以扩大出口
    to attract foreign investors | 以吸引外商
    to create jobs for graduates | 为毕业生创造就业
    to bring tourists back | 吸引游客重返
    to reduce traffic in the center | 缓解市中心交通压力
    to protect the wetlands | 保护湿地
    to honor an old friendship | 延续一段老友情
    to learn from its partner | 向友城取经
    to meet growing demand | 满足日益增长的需求
    to lower the cost of freight | 降低货运成本
    to keep young people at home | 留住年轻人
    to prepare for the trade fair | 筹备交易会
    to share research results | 分享科研成果
    to improve food safety | 改善食品安全
    to clean up the estuary | 整治入海口
    to save an endangered craft | 抢救一门濒危手艺
""")
TIMES = _pairs("""
    Last week | 上周
    On Monday | 周一
    Earlier this year | 今年早些时候
    At the end of the month | 月底
    After two years of talks | 经过两年商谈
    During the Spring Festival | 春节期间
    In the first quarter | 一季度
    Before the summit | 峰会前夕
    For the third time | 第三次
    Ahead of schedule | 提前
    With help from the province | 在省里的支持下
    Despite the typhoon | 尽管遭遇台风
""")
WORDS = _pairs("""
    This is only the beginning | 这只是开始
    We have waited a generation for this | 我们为此等了一代人
    The sea has always connected us | 大海一直把我们连在一起
    Nobody expected so many orders | 没人料到会有这么多订单
    Our children will see the results | 我们的孩子会看到成果
    Trust takes longer than concrete | 建立信任比浇筑混凝土更费时
    The second phase will be larger | 二期规模会更大
    We learn something on every visit | 每次访问我们都有收获
    Quality matters more than speed | 质量比速度更重要
    Every container tells a story | 每个集装箱都有故事
    The rules are the same for everyone | 规则对所有人都一样
    It rained, and yet everyone came | 下着雨，可大家都来了
    I had never tasted such oysters | 我从没吃过这样的生蚝
    The letters are still in our archive | 那些信件仍在我们的档案里
""")
POSTS = _pairs("""
    mayor of {place} | {place}市长
    director of the {place} port authority | {place}港务局局长
    a professor at the university of {place} | {place}大学教授
    head of the foreign affairs office in {place} | {place}外事办主任
    a teacher from {place} | {place}教师
    captain of a ferry in {place} | {place}渡轮船长
    chairwoman of the {place} sister city association | {place}友城协会会长
""")
MEASURES = _pairs("""
    Foreign trade | 外贸额
    Cargo throughput | 货物吞吐量
    Direct foreign investment | 外商直接投资
    The output of the seafood industry | 水产业产值
    Income from tourism | 旅游收入
    The number of flights | 航班量
    Retail sales | 社会消费品零售额
    Exports of machinery | 机械出口
""")
SURNAMES = _pairs("""
    Wang | 王
    Li | 李
    Zhang | 张
    Liu | 刘
    Chen | 陈
    Yang | 杨
    Huang | 黄
    Zhao | 赵
    Wu | 吴
    Zhou | 周
    Xu | 徐
    Sun | 孙
    Ma | 马
    Zhu | 朱
    Hu | 胡
    Guo | 郭
    He | 何
    Lin | 林
    Gao | 高
    Luo | 罗
""")
GIVEN = _pairs("""
    wei | 伟
    fang | 芳
    min | 敏
    jing | 静
    qiang | 强
    lei | 磊
    yan | 艳
    jun | 军
    hua | 华
    ping | 平
    ning | 宁
    hong | 红
    tao | 涛
    hai | 海
    bin | 斌
    xia | 霞
    jie | 杰
    ling | 玲
    gang | 刚
    mei | 梅
""")


class Sentences:
    """Paragraphs of one to three sentences, in English and in Chinese, each with a number."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)

    def paragraphs(self, count: int) -> Iterator[Pair]:
        """The first so many."""
        return (self.paragraph(number) for number in range(count))

    def paragraph(self, number: int) -> Pair:
        self._random.seed(self._seed * 10_000_000 + number)
        makers = (self._deed, self._deed, self._words, self._figure)
        parts = [self._random.choice(makers)() for _n in range(self._random.choice((1, 2, 2, 3)))]
        return " ".join(english for english, _c in parts), "".join(c for _e, c in parts)

    def _deed(self) -> Pair:
        (when, time), (who, actor), (what, deed), (why, aim) = (
            self._random.choice(TIMES),
            self._at(ACTORS),
            self._random.choice(DEEDS),
            self._random.choice(AIMS),
        )
        where, place = self._random.choice(PLACES)
        return (
            f"{when}, {who} {what} together with {where} {why}.",
            f"{time}，{actor}与{place}一道{deed}，{aim}。",
        )

    def _words(self) -> Pair:
        (said, words), (who, name), (post, role) = (
            self._random.choice(WORDS),
            self._name(),
            self._at(POSTS),
        )
        return f"“{said},” said {who}, {post}.", f"{role}{name}说：“{words}。”"

    def _figure(self) -> Pair:
        (what, measure), (where, place) = self._random.choice(MEASURES), self._random.choice(PLACES)
        percent, billion = self._random.randint(1, 300) / 10, self._random.randint(2, 900)
        year = self._random.randint(1985, 2024)
        return (
            f"{what} of {where} grew by {percent} percent to {billion} billion yuan in {year}.",
            f"{year}年，{place}{measure}增长{percent}%，达到{billion}0亿元。",
        )

    def _at(self, phrases: list[Pair]) -> Pair:
        (english, chinese), (where, place) = (
            self._random.choice(phrases),
            self._random.choice(PLACES),
        )
        return english.format(place=where), chinese.format(place=place)

    def _name(self) -> Pair:
        surname, first, second = (self._random.choice(of) for of in (SURNAMES, GIVEN, GIVEN))
        return f"{surname[0]} {(first[0] + second[0]).title()}", surname[1] + first[1] + second[1]


def edited(text: str, chance: random.Random, share: float = 0.15) -> str:
    """The text as another story might have it: some words (or characters) gone or swapped."""
    pieces = text.split(" ") if " " in text else list(text)
    for _n in range(max(1, round(len(pieces) * share / 2))):
        place = chance.randrange(len(pieces))
        pieces[place : place + 1] = chance.choice(
            ([], [pieces[place], pieces[-1 - place]], ["new" if " " in text else "新"])
        )
    return (" " if " " in text else "").join(pieces)
