"""The words behind `synonyms`: what headers and coded cells may say, by language.

A line is `field weight [label] | words`; indented lines continue it. A word may stand under
several fields: all of them are candidates then, and the column's values decide.
"""

HEADERS = """
name 1.0 | name, full name, fullname, complete name, customer name, client name, customer, client,
  guest name, guest, passenger, passenger name, pax name, traveller, traveler, traveller name,
  display name, person, person name, member, member name, names, patient, student, contact name,
  customers, clients, account name, buyer, owner, lead name, subscriber, attendee, patron
name 1.0 | nome, nome completo, cliente, nome cliente, nome do cliente, nome da cliente, clientes,
  hospede, nome do hospede, passageiro, nome do passageiro, viajante, titular, nome do titular,
  nome do contacto, nome do contato, nome contacto, nome contato, nome e apelido,
  nome e sobrenome, socio, membro, utente, aluno, paciente, nome do utente, designacao,
  nome completo do cliente
name 1.0 | 姓名, 客户姓名, 客人姓名, 顾客姓名, 旅客姓名, 会员姓名, 全名, 客户名, 客户, 客人, 顾客,
  旅客, 游客, 游客姓名, 乘客, 乘客姓名, 会员, 会员名称, 中文姓名, 中文名, 客户名称, 顾客名称,
  人名, 学员, 学员姓名, 名称
name 1.0 | nombre completo, nombre y apellidos, nombre y apellido, nombre del cliente,
  nombre cliente, huesped, pasajero, nom complet, nom et prenom, nom prenom, nom du client,
  client nom, voyageur, vor und nachname, vollstandiger name, kundenname, kunde, gast,
  name des kunden, ansprechpartner name, nome e cognome, nominativo, nome cognome, cognome e nome,
  nome del cliente, ragione sociale nome
name 0.8 | nombre, nom, 名字, 称呼, title name, nickname or name
given_name 1.0 | first name, firstname, given name, given names, givenname, forename,
  christian name, first names, fname, first
given_name 1.0 | primeiro nome, nome proprio, nomes proprios, nome de batismo, prenome, 名,
  名字名, prenom, prenoms, vorname, vornamen, nombre de pila, primer nombre, nombres, 名字,
  nome di battesimo
given_name 0.6 | nome, nombre
family_name 1.0 | last name, lastname, surname, family name, familyname, surnames, lname, last
family_name 0.9 | second name
family_name 1.0 | apelido, apelidos, sobrenome, sobrenomes, ultimo nome, nome de familia, 姓,
  姓氏, apellido, apellidos, primer apellido, nom de famille, nachname, familienname, zuname,
  cognome
family_name 0.5 | nom
organisation 1.0 | company, company name, organisation, organization, organisation name,
  organization name, firm, business, business name, employer, corporate name, corporation,
  legal name, account, trade name, agency, agency name, institution, supplier, vendor,
  partner company, school
organisation 1.0 | empresa, nome da empresa, nome empresa, firma, razao social,
  denominacao social, organizacao, entidade, entidade patronal, denominacao, sociedade,
  instituicao, nome comercial, nome fantasia, companhia, empregador, cliente empresa, agencia,
  empresa cliente
organisation 1.0 | 公司, 公司名称, 公司名, 单位, 单位名称, 企业, 企业名称, 工作单位, 机构,
  机构名称, 组织, 公司全称, 客户公司, 客户单位, 所属公司, 任职公司, 店名, 商户, 商户名称, 单位名,
  企业名, 旅行社, 团体名称
organisation 1.0 | nombre de la empresa, compania, razon social, organizacion, entreprise,
  societe, nom de la societe, raison sociale, organisme, unternehmen, firmenname, betrieb,
  gesellschaft, azienda, ditta, ragione sociale, societa, nome azienda, organizzazione
organisation 0.9 | 客户名称, 名称, customer account, designacao
contact_person 1.0 | contact person, contact persons, person in charge, contact person name, attn,
  attention, main contact, primary contact, key contact
contact_person 1.0 | pessoa de contacto, pessoa de contato, pessoa contacto, responsavel,
  interlocutor, contacto principal, a c, ao cuidado de, nome do responsavel
contact_person 1.0 | 联系人, 联系人姓名, 联络人, 联络人姓名, 负责人, 负责人姓名, 经办人, 对接人,
  主要联系人
contact_person 0.7 | representative, representante, gerente, socio gerente, 法人, 法人代表,
  法人姓名, 法定代表人, 法定代表人姓名
contact_person 1.0 | persona de contacto, responsable, contact principal, interlocuteur,
  ansprechpartner, ansprechpartnerin, kontaktperson, persona di contatto, referente
contact 0.9 | contact, contacts, contact details, contact info, contact information, contacto,
  contactos, contato, contatos, 联系方式, 联络方式, 联系, 联络, contactar, dados de contacto,
  kontakt, kontaktdaten, contatto, contatti, coordonnees, contact no or email
phone 1.0 | phone, phone number, phone no, phones, phone numbers, telephone, telephone number,
  telephone no, tel, tel no, tel number, telno, telephones, contact number, contact no,
  contact phone, phone nr, ph, ph no, call, daytime phone, main phone, primary phone,
  phone contact, contact telephone, telefon, telefonnummer, rufnummer, tel nr, fon, telefono,
  numero de telefono, numero telefono, num telefono, numero di telefono, recapito,
  recapito telefonico, telefonos, numero de telephone, no de telephone, no tel, recapiti
phone 1.0 | telefone, telefones, numero de telefone, n telefone, no telefone, num telefone,
  n de telefone, no de telefone, telef, tlf, tfno, fone, contacto telefonico, contato telefonico,
  contactos telefonicos, numero de contacto, numero de contato, telefone de contacto,
  telefone principal, tlfn, telefone alternativo
phone 1.0 | 电话, 电话号码, 联系电话, 联络电话, 电话号, 客户电话, 联系号码, 联系方式电话, 固话,
  座机, 固定电话, 备用电话, 联系人电话, 电话1, 日间电话
phone 1.0 mobile | mobile, mobile phone, mobile no, mobile number, mobile phone number, cell,
  cell phone, cellphone, cell number, cell no, cellular, handphone, hp, gsm, mob, mob no, mobiles,
  mobile tel
phone 1.0 mobile | telemovel, telemoveis, n telemovel, no telemovel, numero de telemovel, tlm, tm,
  telm, celular, celulares, numero de celular, movel, telefone movel, telefone celular, cel, telem
phone 1.0 mobile | 手机, 手机号, 手机号码, 移动电话, 行动电话, 手提电话, 手机电话, 联系手机,
  联系人手机, 流动电话, mobil, mobiltelefon, handy, handynummer, mobilnummer, movil,
  telefono movil, celulare, cellulare, telefono cellulare, portable, tel portable,
  telephone portable, mobilfunk, numero cellulare, 大陆手机
phone 1.0 home | home phone, home tel, home telephone, phone home, tel home, residence phone,
  landline, home number, telefone casa, telefone de casa, tel casa, casa, telefone fixo, fixo,
  telefone residencial, residencia telefone, 家庭电话, 住宅电话, 宅电, 家里电话, telefono casa,
  telefono fijo, fijo, fixe, tel fixe, telephone fixe, domicile, telefon privat, festnetz,
  telefono fisso, fisso, tel residencia
phone 1.0 work | work phone, office phone, business phone, phone work, tel work, work tel,
  work telephone, office tel, office number, company phone, phone office, telefone trabalho,
  telefone do trabalho, telefone emprego, telefone empresa, telefone da empresa,
  telefone escritorio, telefone comercial, tel trabalho, tel empresa, 办公电话, 公司电话,
  单位电话, 工作电话, telefono trabajo, telefono oficina, telefono empresa,
  telephone professionnel, tel bureau, tel pro, telefon geschaftlich, telefon buro,
  telefon dienstlich, telefono ufficio, telefono lavoro
phone 1.0 other | other phone, other telephone, outro telefone, weiteres telefon, 其他电话
phone 1.0 car | car phone, autotelefon, telefone do carro, 车载电话
phone 1.0 pager | pager, beeper, bip, 寻呼机
phone 0.9 | callback, isdn, radio phone, tty tdd phone, haupttelefon, ruckmeldung,
  retorno de chamada, radio telefone, telefone tty tdd, telefon fur horbehinderte, 回电话,
  无线电话, 主要电话, tty tdd电话
phone 1.0 fax | fax, fax number, fax no, telefax, faxe, n fax, numero de fax, 传真, 传真号码,
  传真号, fax nr
phone 1.0 whatsapp | whatsapp, whatsapp number, whats app, wa, whatsapp no, numero whatsapp
email 1.0 | email, e mail, email address, e mail address, mail, emails, electronic mail,
  contact email, primary email, other email, email id, mail address, email addresses, eaddress,
  e mails
email 1.0 | correio eletronico, correio electronico, endereco de email, endereco de e mail,
  endereco eletronico, email principal, email do cliente, correio e, emails de contacto,
  email de contacto, email contacto
email 1.0 | 邮箱, 电子邮件, 电子邮箱, 邮件, 邮件地址, 电邮, 电邮地址, 邮箱地址, 电子邮件地址,
  联系邮箱, 电子信箱, 信箱, 伊妹儿
email 1.0 | correo, correo electronico, direccion de correo, courriel, adresse email,
  adresse e mail, adresse mail, mel, e mail adresse, mailadresse, emailadresse, posta elettronica,
  indirizzo email, indirizzo e mail
email 1.0 work | work email, business email, office email, company email, email trabalho,
  email profissional, email empresa, email da empresa, 工作邮箱, 公司邮箱, 企业邮箱, email pro
email 1.0 home | home email, personal email, private email, email pessoal, email particular,
  个人邮箱, 私人邮箱
im 1.0 WeChat | wechat, wechat id, weixin, 微信, 微信号, 微信号码, 微信id, 微信账号, we chat
im 1.0 QQ | qq, qq号, qq号码, qq number
im 1.0 Telegram | telegram, telegram id
im 1.0 Skype | skype, skype id, skype name
im 1.0 LINE | line, line id
im 1.0 Signal | signal
im 1.0 KakaoTalk | kakao, kakaotalk
im 0.9 | im, messenger, instant messenger, 即时通讯, 聊天账号
street 1.0 | address, street, street address, address line 1, address 1, address1, addr,
  postal address, mailing address, full address, address line, line 1, road, street 1,
  street name, location address, customer address, residential address, contact address,
  living address
street 1.0 | morada, endereco, rua, morada completa, endereco completo, residencia, domicilio,
  morada 1, endereco 1, logradouro, endereco postal, morada fiscal, morada postal,
  morada do cliente, rua e numero, morada linha 1, arruamento
street 1.0 | 地址, 通讯地址, 联系地址, 详细地址, 街道, 住址, 街道地址, 家庭住址, 居住地址,
  客户地址, 通信地址, 邮寄地址, 收货地址, 现住址, 地址1, 联络地址, 街道门牌
street 1.0 | direccion, direccion postal, calle, calle y numero, adresse, rue, adresse postale,
  adresse 1, anschrift, strasse, strasse und hausnummer, strasse hausnummer, strasse nr, str,
  indirizzo, via, residenza
street 1.0 work | work address, office address, business address, company address,
  morada trabalho, morada da empresa, endereco comercial, 公司地址, 办公地址, 单位地址, 工作地址,
  direccion empresa, sede
street 1.0 home | home address, morada de casa, endereco residencial, morada residencia, 家庭地址,
  住宅地址
street 1.0 billing | billing address, invoice address, morada de faturacao, endereco de cobranca,
  账单地址, 发票地址
street 1.0 shipping | shipping address, delivery address, morada de entrega, endereco de entrega,
  送货地址
street 1.0 other | other addresses, other address, second address, outras moradas, outra morada,
  outros enderecos, segunda morada, 其他地址, 备用地址
street2 1.0 | address line 2, address 2, address2, line 2, street 2, apartment, apt, suite, unit,
  building, morada 2, endereco 2, complemento, andar, complemento de morada, morada linha 2,
  地址2, 门牌, 门牌号, 楼栋, direccion 2, adresse 2, complement, complement d adresse,
  adresszusatz, indirizzo 2, house number, number street, numero porta, porta, no porta, n porta,
  hausnummer, hausnr, numero da porta
postcode 1.0 | postcode, post code, postal code, zip, zip code, zipcode, postal, zip postal code,
  pincode
postcode 1.0 | codigo postal, cod postal, c postal, cp, codpostal, cep, cod post, c p, codigo post
postcode 1.0 | 邮编, 邮政编码, 邮递区号, 邮政区号, 邮码, 邮区, 邮局编号, code postal, plz,
  postleitzahl, cap, codice postale
city 1.0 | city, town, city town, town city, place, suburb, city name, home city, locality,
  municipality, village
city 1.0 | cidade, localidade, cidade localidade, vila, local, terra, cidade uf, cidade estado
city 0.95 | municipio
city 0.9 | concelho
city 0.8 | freguesia
city 1.0 | 城市, 所在城市, 市, 所在地, 居住城市, 市县, 县市, 城镇, 所在市, 常住城市, 城市名称
city 1.0 | ciudad, poblacion, localidad, ville, commune, localite, ort, stadt, wohnort, citta,
  comune, localita
region 1.0 | region, state, province, county, state province, district, state region, area,
  prefecture, territory
region 1.0 | distrito, estado, provincia, regiao, uf, ilha
region 1.0 | 省, 省份, 地区, 州, 区域, 所在省, 省市, 所在省份, 区县, 行政区, 区, departement,
  bundesland, kanton, regione, comunidad autonoma, 省州
country 1.0 | country, nation, country of residence, country region, country name,
  residence country
country 1.0 | pais, pais de residencia, 国家, 国家地区, 所在国家, 国家或地区, 居住国, 国别, pays,
  land, paese, nazione, stato
birthday 1.0 | birthday, birth date, birthdate, date of birth, dob, born, d o b, bday, born on,
  date birth, birth day, birthday date
birthday 1.0 | data de nascimento, data nascimento, nascimento, data nasc, dt nasc, aniversario,
  dn, nascido em, nascido a, nascida em, nascida a, nasceu em, nasceu a, data de nasc,
  d nascimento, dt nascimento, data de aniversario, nasc
birthday 1.0 | 生日, 出生日期, 出生年月, 出生年月日, 生日日期, 出生, 出生日, 客户生日, 生辰,
  fecha de nacimiento, fecha nacimiento, nacimiento, cumpleanos, f nacimiento, date de naissance,
  naissance, anniversaire, geburtsdatum, geburtstag, geb datum, geboren, geb, data di nascita,
  nascita, compleanno
notes 1.0 | notes, note, comments, comment, remarks, remark, memo, additional notes, observations,
  description, additional information, other information, other notes, misc, further information,
  internal notes
notes 1.0 | notas, nota, observacoes, observacao, obs, comentarios, comentario, anotacoes,
  apontamentos, outras informacoes, informacoes adicionais, notas internas, obs gerais, descricao
notes 1.0 | 备注, 备注信息, 说明, 附注, 注释, 其他, 其他说明, 备注说明, 留言, 情况说明, 描述,
  笔记, 注意事项, observaciones, comentarios adicionales, remarques, commentaire, commentaires,
  observations generales, bemerkung, bemerkungen, notizen, notiz, anmerkung, anmerkungen,
  kommentar, osservazioni, commenti, annotazioni
tags 1.0 | tags, tag, labels, keywords, categories, groups, group membership, etiquetas, etiqueta,
  palavras chave, categorias, marcadores, grupos, 标签, 客户标签, 标记, 关键词, 关键字,
  etiquettes, mots cles, schlagworte, schlagworter, kategorien, etichette, palabras clave, gruppen,
  stichworter
tags 0.8 | marcas, marca de cliente, marks, 记号
tags 0.7 | category, categoria, group, grupo, label, 类别, 分类, 分组, 客户分类, 客户类别,
  segment, segmento
stage 1.0 | stage, status, customer status, client status, lifecycle stage, life cycle stage,
  customer stage, lead status, phase, funnel stage, pipeline stage, relationship
stage 1.0 | fase, estado, situacao, estado do cliente, situacao do cliente, etapa,
  status do cliente, estadio
stage 1.0 | 阶段, 状态, 客户状态, 客户阶段, 生命周期, 客户等级阶段, etat, statut, statut client,
  phase client, kundenstatus, stato, stato cliente, estado cliente, 跟进状态
stage 0.8 | type, customer type, client type, tipo, tipo de cliente, tipo cliente, 类型, 客户类型,
  kundentyp
kind 1.0 | type, customer type, client type, entity type, kind, person company, tipo,
  tipo de cliente, tipo cliente, tipo de entidade, particular empresa, natureza, 类型, 客户类型,
  性质, 客户性质, 个人公司, account type, tipo de pessoa, kundentyp, art, genre de client, typ
custom 1.0 | id, no, nr, number, code, customer id, client id, customer no, customer number,
  customer code, client code, reference, ref, account number, account no, index, row, seq, s n,
  sn, serial, serial number, item, codigo, cod, codigo cliente, codigo do cliente, n cliente,
  no cliente, numero de cliente, numero cliente, n, no de cliente, num cliente, referencia,
  numero, num, ordem, n ordem, 序号, 编号, 客户编号, 客户代码, 代码, 会员号, 会员编号, 会员卡号,
  卡号, kundennummer, kunden nr, codice cliente, lfd nr, numero client, 号, 行号
custom 1.0 | nif, n contribuinte, no contribuinte, num contribuinte, numero contribuinte,
  contribuinte, nipc, n de contribuinte, no de contribuinte, numero de contribuinte, nif nipc,
  cpf, cnpj, cpf cnpj, tax id, tax number, tax no, vat, vat no, vat number, vat id, tin, ssn,
  social security, social security number, niss, bi, cc, cartao de cidadao, cartao cidadao, n cc,
  no cc, bilhete de identidade, rg, dni, nie, cif, ein, fiscal number, passport, passport no,
  passport number, passport nr, passaporte, n passaporte, no passaporte, n de passaporte,
  numero de passaporte, numero passaporte, id number, id no, id card, identity card, national id,
  id card no, driver license, driving licence, licence, carta de conducao, n identificacao fiscal,
  identificacao fiscal, 身份证, 身份证号, 身份证号码, 证件号, 证件号码, 护照, 护照号, 护照号码,
  税号, 纳税人识别号, 统一社会信用代码, 统一编号, 税务登记号, 驾照, 驾驶证号, 港澳通行证, 社保号,
  ustidnr, ust idnr, steuernummer, partita iva, p iva, piva, codice fiscale, siret, siren, tva,
  pasaporte, n pasaporte, steuer id, ausweis, reisepass, passeport
custom 1.0 | iban, bic, swift, bank, bank account, account holder, conta, conta bancaria, nib,
  银行, 银行账号, 银行卡号, 开户行, 账号, 银行账户, credit card, card number, cartao, iban conta,
  账户
custom 1.0 | age, idade, 年龄, gender, sex, sexo, genero, 性别, title, salutation, titulo,
  tratamento, prefix, suffix, 称谓, 尊称, job, job title, position, role, profession, occupation,
  department, cargo, funcao, profissao, departamento, 职位, 职务, 职业, 职称, 部门, 头衔, anrede,
  titel, beruf, abteilung, funktion, edad, puesto, profesion, genre, civilite, metier, poste, eta,
  sesso, professione, ruolo, nationality, nacionalidade, 国籍, nacionalidad, nationalite,
  nationalitat, nazionalita, language, idioma, lingua, 语言, 语种, langue, sprache, estado civil,
  marital status, 婚姻状况, 婚姻, 民族, 籍贯, 学历, middle name, nome do meio, 英文名, 英文姓名,
  拼音, 姓名拼音, english name, nickname, alcunha, 昵称, 别名, maiden name, spouse, spouse name,
  conjuge, nome do conjuge, 配偶, 配偶姓名, nome do pai, nome da mae, father name, mother name,
  children, filhos, 子女
custom 1.0 | website, web, site, url, homepage, web site, pagina web, sitio web, 网站, 网址,
  主页, 官网, 网页, web page, webseite, facebook, instagram, linkedin, twitter, tiktok, weibo,
  微博, 抖音, 小红书, sito, sito web
custom 1.0 | date, data, 日期, created, created on, created at, date added, added, date created,
  last contact, last visit, customer since, client since, member since, joined, join date,
  registration date, registered, cliente desde, desde, data de registo, data registo,
  data de criacao, ultima visita, ultimo contacto, data de cadastro, inscricao, 创建日期,
  创建时间, 登记日期, 注册日期, 注册时间, 加入日期, 入会日期, 成为客户日期, 首次合作, 最近联系,
  最后联系, 上次联系, 录入时间, 更新时间, 客户自, 有效期, 到期日, expiry, expiry date,
  passport expiry, validade, data de validade, validade do passaporte, passport valid until,
  护照有效期, fecha, fecha de alta, datum, kunde seit, last purchase, ultima compra, last trip,
  ultima viagem, next trip, proxima viagem, 最近消费, 上次旅行
custom 1.0 | amount, total, price, value, balance, sales, revenue, turnover, discount, credit,
  debit, quantity, qty, valor, preco, saldo, vendas, faturacao, desconto, credito, debito,
  quantidade, montante, 金额, 价格, 总额, 余额, 销售额, 消费金额, 累计消费, 折扣, 数量, 积分,
  次数, 消费次数, points, pontos, trips, viagens, orders, encomendas, total spent, total gasto,
  product, produto, service, servico, 产品, 服务, 项目, destination, destino, 目的地, hotel, tour,
  voo, flight, 航班, 酒店, seat, seat preference, preferred seat, lugar preferido,
  preferencia de lugar, 座位偏好, 座位, meal, meal preference, refeicao, 餐食偏好, 餐饮偏好,
  饮食禁忌, frequent flyer, frequent flyer no, passageiro frequente, 常旅客号, 常旅客卡号
custom 1.0 | referred by, referral, source, lead source, how did you hear, origem, indicado por,
  recomendado por, referencia de, 来源, 客户来源, 介绍人, 推荐人, 渠道, 获客渠道, salesperson,
  sales rep, account manager, agent, owner name, assigned to, vendedor, comercial, gestor,
  gestor de conta, agente, consultor, 销售, 销售员, 业务员, 客户经理, 跟进人, 负责销售, 导游,
  顾问, emergency contact, emergency contact name, emergency phone, emergency number,
  contacto de emergencia, telefone de emergencia, contato de emergencia, 紧急联系人, 紧急联系电话,
  紧急联系人电话, 紧急电话, assistant, assistente, 助理, notfallkontakt, time zone, fuso horario,
  时区, photo, foto, 照片, active, ativo, activo, newsletter, 是否, consent, consentimento, gdpr,
  rgpd, industry, sector, setor, setor de atividade, ramo, atividade, 行业, 所属行业, branche,
  importance, priority, prioridade, rating, 等级, 级别, 客户等级, 会员等级, nivel, level,
  classificacao, vip level, preferences, preferencias, 偏好, 爱好, hobbies, interesses, interests
"""

STAGES = """
potential | potential, lead, new lead, cold, suspect, potencial, novo, nova, 潜在, 潜在客户, 线索,
  新线索, 意向客户, potentiel, potenziale, potenziell, потенциальный, потенциальный клиент, 見込み,
  見込み客, 잠재, 잠재고객
prospect | prospect, interested, opportunity, warm, hot, in contact, negotiation, quoted,
  interessado, interessada, interessent, interesado, interesada, prospeto, prospecto,
  em negociacao, em contacto, 意向, 有意向, 跟进, 跟进中, 待跟进, 洽谈中, 准客户, 商机, interesse,
  interessato, interessiert, prospeccao
customer | customer, client, active, current, existing, active customer, regular, won, cliente,
  ativo, activo, atual, actual, cliente ativo, cliente activo, habitual, vigente,
  客户, 正式客户, 已成交, 成交, 成交客户, 活跃, 现有客户, 老客户, 服务中, 合作中, 正在合作,
  正在服务, 已签约, 续约中, kunde, aktiv, actif, active, attivo, attiva, активный, действующий,
  клиент, 取引中, 利用中, 契約中, 거래중, 이용중, 활성
former | former, inactive, lost, past, ex customer, old, churned, archived, former customer,
  lapsed, left, dormant, terminated, no longer a client,
  antigo, antiga, inativo, inactivo, perdido, perdida, ex cliente,
  antigo cliente, cliente antigo, desistiu, desistente, desistencia, cessou, cessado, saiu,
  ex aluno, ex socio, rescindido, de baja, baja, dado de baja,
  流失, 流失客户, 已流失, 前客户, 不活跃, 停用, 失效, 已终止, 已停止, 停止合作, 终止合作, 不再合作,
  已解约, 解约, 已退会, 退会, 已注销, 暂停合作,
  inaktiv, ehemalig, ehemaliger, ehemalige, gekundigt, ausgetreten, ancien, ancienne, inactif,
  perdu, resilie, parti, inattivo, inattiva, perso, cessato, disdetto, бывший, неактивный, ушел,
  解約, 休眠, 取引終了, 해지, 탈퇴, 휴면, 비활성
"""

# Said of jobs, offers and firms, too: stages only where all other words of a column surely are.
STAGES_BESIDE_OTHERS = """
former | inativa, inactiva
customer | ativa, activa, em curso, em andamento, en curso, en cours, in corso, laufend,
  ongoing, 进行中
"""
# Stages only beside "Active": a deal that is closed was won.
STAGES_BESIDE_ACTIVE = """
former | closed, ended, cancelled, canceled, finished, encerrado, encerrada, fechado, fechada,
  cancelado, cancelada, terminado, terminada, cerrado, cerrada, finalizado, clos, termine, cloture,
  beendet, geschlossen, chiuso, chiusa, terminato, 已关闭, 关闭, 已结束, 结束, 终止, 已取消, закрыт,
  終了, 종료
"""
ACTIVE = """
active | active, active customer, current, ativo, ativa, activo, activa, atual, cliente ativo,
  cliente activo, aktiv, actif, attivo, attiva, 活跃, 服务中, 合作中, активный, действующий, 活動中,
  取引中, 利用中, 활성
"""

KINDS = """
person | person, individual, private, consumer, p, b2c, particular, pessoa, individuo, singular,
  pessoa singular, pessoa fisica, fisica, 个人, 个人客户, 自然人, 散客, persona, privatperson,
  privat, particulier, privato
organisation | organisation, organization, company, business, corporate, firm, b2b, empresa,
  empresas, coletiva, pessoa coletiva, pessoa juridica, juridica, firma, organizacao, entidade,
  公司, 企业, 单位, 企业客户, 公司客户, 机构, 组织, 团体, 团队, unternehmen, societe, entreprise,
  azienda
"""

# Traditional characters that occur in headers, and their simplified ones.
TRADITIONAL = (
    "電話號碼郵遞區機聯絡繫稱備註標籤國縣傳單職務階狀態類別組經"
    "門戶個證護駕歲齡業產網頁簡間時曆資訊體實稅統編賬帳銀貨發"
    "開關質員遊顧學術鍵詞說釋據華東廣場樓棟層鄉鎮鄰裡莊園舊鋪"
    "進處點負責無線辦內長動選項連語幣額價積車紹總飲監緊險頭銷運隨轉帶數據購買賣寶級"
    "來謂評屬專維課歸給獲徑從優"
)
SIMPLIFIED = (
    "电话号码邮递区机联络系称备注标签国县传单职务阶状态类别组经"
    "门户个证护驾岁龄业产网页简间时历资讯体实税统编账账银货发"
    "开关质员游顾学术键词说释据华东广场楼栋层乡镇邻里庄园旧铺"
    "进处点负责无线办内长动选项连语币额价积车绍总饮监紧险头销运随转带数据购买卖宝级"
    "来谓评属专维课归给获径从优"
)
