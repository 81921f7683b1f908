"""Headers behind `synonyms` that one trade or one country uses.

Garages, schools, hairdressers, letting agents; Britain, Australia, Taiwan, Hong Kong. In the form
of `words.HEADERS`.
"""

HEADERS = """
name 1.0 | 车主, 机主, 户主, 业主, 租客, 租户, 房客, 学生, 学生姓名, 患者, 患者姓名, 病人,
  病人姓名, 宠物主人, 收货人, 收件人, 买家, 买方, 投保人, 被保险人, 持卡人, 团友, 团友姓名, 团员,
  住客, 参加者, 报名人, 委托人, 当事人, 往来客户
name 1.0 | registered keeper, vehicle owner, tenant, tenant name, landlord, student name,
  students name, name of student, patient name, policyholder, policy holder, insured, cardholder,
  delegate, delegate name, homeowner, resident, resident name, booker, lead passenger,
  lead traveller, party leader, players name, clients name, customers name, name of client,
  name of customer
name 0.9 | 宝宝, 宝贝, 孩子, 小孩, 小朋友, 新娘, 新郎, 新人, 寿星, baby, babys name, bride,
  bride and groom, couple
name 0.9 | child, childs name, child name, pupil, pupil name, learner, learner name
given_name 0.9 | initials, initial, inits
contact_person 1.0 | aos cuidados de, falar com, contato na empresa, contacto na empresa,
  contato principal da empresa, contacto principal da empresa, nome do contato na empresa,
  nome do contacto na empresa, pessoa a contactar, pessoa a contactar na firma,
  pessoa de contacto principal, pessoa de contato principal, interlocutor, interlocutor na empresa,
  key contact, key contact at the firm, person to ask for, 主要联络人, 主要联系人, 公司联络人,
  公司联系人, 对方窗口, 联络窗口, 对方联系人
name 1.0 | donor, donor name, volunteer, volunteer name, nome compl, nome do formando, formando,
  客人全名, 客户全名
given_name 1.0 | 1o nome, 1 nome, prim nome, fst name, primeiro nome do cliente, 客人的名, 客户的名
family_name 1.0 | apelido de familia, ultimo apelido, ultimo sobrenome, 英文姓, 英文姓氏, 客人的姓
birthday 1.0 | data do aniversario, dt nascto, niver, dia de anos, data de aniversario do socio
stage 1.0 | client stage, sales stage, membership status, active or lapsed, ativo inativo,
  etapa do funil, fase do funil, fase do lead, fase da venda, fase do negocio, situacao do socio,
  situacao do aluno, 会员状态, 成交阶段, 线索状态, 跟进阶段, 销售阶段, 跟进状态
im 1.0 LINE | utilizador line, usuario line, line 账号, line 帐号
im 1.0 WeChat | usuario wechat, id wechat, utilizador wechat, 客户微信, 家长微信, 客户微信号
im 1.0 Telegram | telegram handle, usuario do telegram, nome no telegram, usuario telegram
im 1.0 Skype | id do skype, skype do cliente, utilizador do skype, usuario do skype, skype id
im 1.0 | signal username, mensagens instantaneas, mensageiro, 钉钉号, 钉钉
organisation 1.0 | co name, firm name, 公司宝号, 服务机关, 所在单位, 使用单位, 使用单位名称,
  委托单位, 签约单位, 合同单位, 甲方, 甲方单位, 甲方名称, 报修单位, 物业单位
name 1.0 | 业主姓名, 住户, 住户姓名, 租户姓名, 房客姓名, 单位或业主, 业主或单位, 单位或个人,
  客户或单位, 单位或姓名, 姓名或单位, 报修人
phone 1.0 | main line, direct, 来电号码, 来电电话, 值班电话
street 1.0 | 别墅地址, 房屋地址, 业主地址, 住户地址
phone 1.0 whatsapp | zap do cliente, zap, whats do cliente
phone 1.0 mobile | nr telem, n telem, num telem
postcode 1.0 | 邮递区码, 通讯邮递区号
region 1.0 | estado onde mora, sigla do estado, uf residencia, unidade da federacao,
  distrito ou ilha, 州别, 所在州或省, 省别
city 1.0 | municipio de residencia, 居住都市, 乡镇市, 所在市
country 1.0 | ctry
street 1.0 | 街路门牌, 路名门牌, 小区楼栋门牌, 街道门牌号, 楼栋门牌
tags 1.0 | customer tags, palavras chave do contato, rotulos, rotulo, 标签分类, 会员标签
contact_person 1.0 | 管事的, 管事人, 当家的, 当家人, 找谁
contact_person 1.0 | 家长, 家长姓名, 监护人, 监护人姓名, 收件窗口, 窗口姓名, 承办人, 窗口,
  联系窗口
contact_person 1.0 | parent, parents, parent name, parents name, parent guardian, guardian,
  guardian name, contact 1 name, contact at company, your contact, our contact, buyer name
organisation 1.0 | 单位全称, 公司全称, 企业全称, 商户名称, 商户, 往来单位, 月结单位
organisation 1.0 | 公司抬头, 抬头, 发票抬头, 公司行号, 商号, 商号名称, 厂商, 厂商名称, 供应商,
  供应商名称, 客户全称, 客户单位名称, 机关名称, 店铺, 店铺名称, 门店名称, 宝号
organisation 1.0 | suppliers, supplier name, vendors, vendor name, fornecedor, fornecedores,
  nome do fornecedor, proveedor, proveedores, nombre del proveedor, fournisseur, fournisseurs,
  nom du fournisseur, lieferant, lieferanten, fornitore, fornitori, nome fornitore, поставщик,
  поставщики, 仕入先, 仕入先名, 공급업체, 공급처, 供应厂商, 供货商, 供货单位
organisation 1.0 | trading name, trading as, company or organisation, client company,
  customer company, practice, practice name, shop, shop name, shop salon, organisation company
phone 1.0 | best number, best phone, best contact number, preferred number, alt number,
  alternative number, alternate number, alt phone, alternative phone, alternate phone, alt tel,
  second number, second phone, other number, other tel, contact tel, contact tel no, tel nos,
  phone nos, telephone nos, mobile landline, ring on, 市话, 市内电话, 市区电话, 电话2, 备用号码,
  第二电话, 其他号码
phone 1.0 mobile | mobile ph, ph mobile, ph mob, mob ph, cell ph, mobile tel no, mobile nos,
  mob tel, 手机1, 本人手机, 行动, 行动号码, 手提, 手提号码, 电话手机
phone 1.0 home | home ph, ph home, ph h, tel h, phone h, telephone h, tel hm, ph hm, h phone,
  res tel, tel res, ph res, ph ah, tel ah, phone ah, ah phone, after hours, after hours phone,
  evening tel, evening phone, eve tel, home no, hm phone, 电话家, 电话宅, 电话住宅, 家庭座机,
  家里座机
phone 1.0 work | work ph, ph work, office ph, ph office, ph w, tel w, phone w, telephone w, ph o,
  tel o, phone o, tel off, bus ph, ph bus, bus tel, bus phone, ph bh, tel bh, phone bh, bh phone,
  business hours, business hours phone, day tel, day phone, work no, work tel no, wk phone,
  wk tel, direct line, direct dial, direct tel, direct phone, direct no, direct number, ddi,
  switchboard, main switchboard, 总机, 公司总机, 直线, 直线电话, 办公座机, 公司座机, 单位座机,
  电话公, 电话办
phone 1.0 fax | 传真电话, 公司传真, fx, facsimile
phone 1.0 whatsapp | whatsapp mobile, whatsapp号码, whatsapp电话
im 1.0 LINE | line帐号, lineid帐号
im 1.0 WeChat | 微信帐号, 微信昵称, wechat号, wechat no
street 1.0 | registered office, registered address, reg office, head office, 注册地址, 公司注册地址,
  addr line 1, addr 1, addr1, first line of address, 1st line of address,
  address first line, house and street, street address 1, address street, property address,
  home addr, site address, post address, 户籍地址, 户口地址, 身份证地址, 通讯处, 联系住址,
  送货地点, 通讯住址, 营业地址, 店铺地址, 安装地址
street2 1.0 | addr line 2, addr 2, addr2, addr line 3, addr 3, address line 3, address 3,
  address3, line 3, address line 4, address 4, house name, house no, house name no,
  house name number, flat no, apt suite, apt unit, unit no, suite no, apt no, apartment suite
postcode 1.0 | eircode, eir code, p code, pcode, post c, p c, postcode zip, zip postcode,
  post cd, 邮区编号, 邮编号码
city 1.0 | suburb town, town suburb, suburb city, city suburb, post town, town village, posttown,
  town or city, 乡镇, 乡镇市区
region 1.0 | state terr, state territory, prov, cnty, state or county
region 0.9 | st
birthday 1.0 | d o birth, dateofbirth, bdate, b day, birthday date, 出生年月日期, 出生日期阳历,
  生日阳历, 生日公历, 民国出生, 生日民国, 出生民国
notes 1.0 | 跟进记录, 跟进情况, 跟进备注, 回访记录, 沟通记录, 联系记录, 拜访记录, 备忘, 客户备注,
  特殊要求, 特别说明, 其他备注, 注记, 客户情况
notes 1.0 | 特别提醒, 特别提示, 特别注意, 特别备注, 特别事项, 重要提示, 重要提醒, 重要备注,
  提醒事项, 注意, 请注意, 注意点, special reminder, special reminders, special note, special notes,
  please note, important note, important notes, good to know, warning, warnings, alert, alerts,
  aviso, avisos, atencao, cuidado, cuidados, cuidados especiais, alerta, alertas, advertencia,
  advertencias, nota importante, atencion, ojo, a noter, alerte,
  achtung, hinweis, wichtiger hinweis, attenzione, avviso, avvisi, avvertenze
notes 1.0 | notes comments, comments notes, customer notes, client notes, special requests,
  special requirements, things to know, other info, further notes, history notes, further details
custom 1.0 | 车牌, 车牌号, 车牌号码, 车号, 车型, 品牌车型, 厂牌车型, 车架号, vin码, 发动机号,
  里程, 里程数, 公里数, 上次保养, 下次保养, 年检, 年检到期, 保险到期, 进厂日期, 班级, 课程, 学号,
  年级, 英文姓, 英文名字, 护照英文名, 家庭成员, 分机, 分机号, 统编, 身份证字号, 身分证字号,
  身分证号, 回乡证, 回乡证号码, 台胞证, 商业登记, 商业登记号, 介绍人, 来源渠道, 客户级别,
  会员级别, 会员等级, 信用额度, 账期, 结算方式, 付款方式, 欠款, 应收款, 开户银行, 银行帐号,
  发型师, 肤质, 发质, 过敏史, 忌口, 血型, 身高, 体重, 车辆信息, 合同金额, 签约日期, 签约日,
  到期时间, 录入日期, 建档日期
custom 1.0 | veh reg, reg no, reg number, registration no, registration number, vehicle reg, rego,
  number plate, license plate, licence plate, plate no, make model, make and model, vin, vin no,
  chassis no, engine no, mileage, odometer, last mot, mot due, mot expiry, last service,
  next service, service due, rego expiry, ext, extn, extension, acct no, acct, a c no, acc,
  acc no, acc number, acc code, konto, konto nr, kontonummer, a c code,
  account code, credit limit, payment terms, on stop, abn, acn, vat reg, vat reg no, br no,
  stylist, allergies, patch test, passport exp, passport expires, visa expiry,
  frequent flyer number, how did they hear, how did you hear about us, heard about us, mailing ok,
  opt in, next of kin
"""
